import type { ExtensionContext } from 'vscode';
import { window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { registerCommands } from './commands';
import { createExplanations } from './explanations';
import { createClient, startOrSay } from './languageClient';
import { createRewrites } from './rewrites';
import { createStatusItem } from './statusItem';

let client: LanguageClient | undefined;

/** Starts the language server and shows what it says; VS Code calls this when the first Containerfile is opened or a command is used. */
export async function activate(context: ExtensionContext): Promise<void> {
	const output = window.createOutputChannel('Whittle', { log: true });
	client = createClient(context.asAbsolutePath('dist/server.js'), output);
	context.subscriptions.push(output, createStatusItem(client), ...createExplanations(client), createRewrites(client), ...registerCommands(client));
	await startOrSay(client);
}

/** Stops the language server. */
export async function deactivate(): Promise<void> {
	if (client?.needsStop()) await client.stop();
}
