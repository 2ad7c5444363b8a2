import { commands, type Disposable, type QuickPickItem, Uri, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type RuleInfo, rulesRequest } from '../../server/src/protocol';
import { explanationUri } from './explanations';
import { fixAll } from './fixAll';
import { startOrSay } from './languageClient';

/** The commands of the palette. */
export function registerCommands(client: LanguageClient): readonly Disposable[] {
	return [
		commands.registerCommand('whittle.fixAll', () => fixAll(client)),
		commands.registerCommand('whittle.explain', (rule?: unknown) => explain(client, typeof rule === 'string' ? rule : undefined)),
		commands.registerCommand('whittle.restart', () => startOrSay(client)),
	];
}

async function explain(client: LanguageClient, named: string | undefined): Promise<void> {
	const rule = named ?? (await pickRule(client));
	if (rule !== undefined) await commands.executeCommand('markdown.showPreview', Uri.parse(explanationUri(rule)));
}

async function pickRule(client: LanguageClient): Promise<string | undefined> {
	const rules = await client.sendRequest<readonly RuleInfo[]>(rulesRequest);
	const items: readonly QuickPickItem[] = rules.map(({ id, title }) => ({ label: id, description: title }));
	const picked = await window.showQuickPick(items, { title: 'Explain a rule or rewrite of Whittle', placeHolder: 'Rule or rewrite', matchOnDescription: true });
	return picked?.label;
}
