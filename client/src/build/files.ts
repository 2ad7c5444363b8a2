import { languages, type TextDocument, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { selector } from '../languageClient';

/** Files of these names are Containerfiles wherever VS Code looks for some by itself. */
const names = '**/{Containerfile,containerfile,Dockerfile,dockerfile,*.containerfile,*.dockerfile,Containerfile.*,Dockerfile.*}';
const notLookedInto = '**/{node_modules,.git,vendor}/**';

/** The Containerfiles on disk: of the workspace, at most as many, and those that are open. */
export async function containerfiles(client: LanguageClient, limit = 200): Promise<readonly Uri[]> {
	// An editor without its search program cannot look.
	const found: readonly Uri[] = await workspace.findFiles(names, notLookedInto, limit).then(
		(all) => all.filter(({ path }) => !/ignore$/i.test(path)),
		() => [],
	);
	const open = workspace.textDocuments.filter((document) => isContainerfile(client, document)).map(({ uri }) => uri);
	const all = new Map([...found, ...open].map((uri) => [uri.toString(), uri]));
	return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The Containerfile that a command is about: that of the menu, the active one, the only one, or one that somebody picks. Undefined where there is none, which is then said, or nobody picks. */
export async function chooseFile(client: LanguageClient, named: unknown): Promise<Uri | undefined> {
	if (named instanceof Uri) return named;
	const active = window.activeTextEditor?.document;
	if (active && isContainerfile(client, active)) return active.uri;
	const files = await containerfiles(client);
	if (files.length === 0) {
		void window.showInformationMessage('Whittle builds Containerfiles and Dockerfiles on disk: open one first.');
		return undefined;
	}
	if (files.length === 1) return files[0];
	const items = files.map((uri) => ({ label: workspace.asRelativePath(uri), uri }));
	return (await window.showQuickPick(items, { title: 'Build', placeHolder: 'Containerfile' }))?.uri;
}

function isContainerfile(client: LanguageClient, document: TextDocument): boolean {
	return document.uri.scheme === 'file' && !/ignore$/i.test(document.uri.path) && languages.match(client.protocol2CodeConverter.asDocumentSelector(selector), document) > 0;
}

/** Saves the file where it is open with changes, since podman reads what is on disk. False where it could not be saved. */
export async function saved(file: Uri): Promise<boolean> {
	const open = workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
	return open === undefined || !open.isDirty || open.save();
}
