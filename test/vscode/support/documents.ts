import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Slide 17 of the seed without its cleaning: nginx on Fedora, cache included. */
export const nginxOnFedora = 'FROM fedora:33\nRUN dnf -y install nginx\nCMD ["nginx", "-g", "daemon off;"]\n';

/** The same file as the safe repair leaves it. */
export const nginxOnFedoraRepaired = nginxOnFedora.replace('install nginx', 'install nginx && dnf clean all');

/** Writes a file of its own folder into the workspace and shows it in an editor. */
export async function openFile(text: string, name = 'Containerfile'): Promise<vscode.TextDocument> {
	const workspace = vscode.workspace.workspaceFolders?.[0];
	assert.ok(workspace, 'the suite needs a workspace folder');
	const uri = vscode.Uri.joinPath(workspace.uri, `case-${randomUUID()}`, name);
	await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
	const document = await vscode.workspace.openTextDocument(uri);
	await vscode.window.showTextDocument(document);
	return document;
}

/** Shows a file of the examples, where it is. */
export async function openExample(path: string): Promise<vscode.TextDocument> {
	const document = await vscode.workspace.openTextDocument(join(whittle().extensionPath, 'examples', path));
	await vscode.window.showTextDocument(document);
	return document;
}

/** The extension under test. */
export function whittle(): vscode.Extension<unknown> {
	const extension = vscode.extensions.getExtension('whittle.whittle');
	assert.ok(extension, 'the extension whittle.whittle is not there');
	return extension;
}

/** Whittle's diagnostics of a document, as soon as they satisfy the expectation; the test's own timeout ends the wait. */
export function diagnostics(document: vscode.TextDocument, expected: (found: readonly vscode.Diagnostic[]) => boolean): Promise<readonly vscode.Diagnostic[]> {
	return new Promise((resolve) => {
		const look = () => {
			const found = vscode.languages.getDiagnostics(document.uri).filter((one) => one.source === 'whittle');
			if (expected(found)) {
				listener.dispose();
				resolve(found);
			}
		};
		const listener = vscode.languages.onDidChangeDiagnostics(look);
		look();
	});
}

/** Waits until the document has that text: some commands of the editor return before they are done. */
export async function becomes(document: vscode.TextDocument, text: string): Promise<void> {
	if (document.getText() === text) {
		return;
	}
	await new Promise<void>((resolve) => {
		const listener = vscode.workspace.onDidChangeTextDocument((event) => {
			if (event.document === document && document.getText() === text) {
				listener.dispose();
				resolve();
			}
		});
	});
}

/** Whether a diagnostic of that rule is among them. */
export function names(rule: string): (found: readonly vscode.Diagnostic[]) => boolean {
	return (found) => found.some((one) => ruleOf(one) === rule);
}

/** The id of the rule that a diagnostic comes from. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
	return String(typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code);
}

/** The code actions of a kind that the editor would offer there. */
export async function codeActions(document: vscode.TextDocument, range: vscode.Range, kind: vscode.CodeActionKind): Promise<readonly vscode.CodeAction[]> {
	return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind.value, 20);
}

/** Does what choosing the action in the menu does. */
export async function choose(action: vscode.CodeAction): Promise<void> {
	if (action.edit) {
		assert.ok(await vscode.workspace.applyEdit(action.edit), `the edit of "${action.title}" was refused`);
	}
	if (action.command) {
		await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
	}
}

/** The whole document as a range. */
export function wholeOf(document: vscode.TextDocument): vscode.Range {
	return new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
}
