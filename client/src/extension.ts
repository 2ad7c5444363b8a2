import type { ExtensionContext } from 'vscode';
import { window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { createBases } from './bases';
import { type Builds, createBuilds } from './build';
import { registerCommands } from './commands';
import { createExplanations } from './explanations';
import { createClient, startOrSay } from './languageClient';
import { createRewrites } from './rewrites';
import { createStatusItem } from './statusItem';

let client: LanguageClient | undefined;
let builds: Builds | undefined;

/** Starts the language server, shows what it says, and makes builds possible; VS Code calls this when the first Containerfile is opened, or a command or a task is used. */
export async function activate(context: ExtensionContext): Promise<void> {
	const output = window.createOutputChannel('Whittle', { log: true });
	client = createClient(context.asAbsolutePath('dist/server.js'), output);
	builds = createBuilds(client, context);
	context.subscriptions.push(output, createStatusItem(client), ...createExplanations(client), createRewrites(client), createBases(client), builds, ...registerCommands(client));
	await startOrSay(client);
}

/** Cancels what builds and stops the language server. */
export async function deactivate(): Promise<void> {
	await builds?.stop();
	if (client?.needsStop()) await client.stop();
}
