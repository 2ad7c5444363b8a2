import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { diagnostics, names, nginxOnFedora, openExample, openFile, ruleOf, whittle } from '../support/documents';
import { trustVariable } from '../support/mochaReport';

suite('findings', () => {
	test('the workspace is trusted exactly where the test run says so', () => {
		assert.equal(vscode.workspace.isTrusted, process.env[trustVariable] === 'given');
	});

	test('opening a Containerfile starts the extension and underlines what costs', async () => {
		const document = await openFile(nginxOnFedora);
		assert.equal(document.languageId, 'dockerfile');
		const found = (await diagnostics(document, names('package-cache-kept'))).find((one) => ruleOf(one) === 'package-cache-kept');
		assert.ok(whittle().isActive);
		assert.equal(found?.severity, vscode.DiagnosticSeverity.Warning);
		assert.equal(found?.range.start.line, 1);
	});

	test('each finding is there once', async () => {
		const document = await openFile(nginxOnFedora, 'Dockerfile');
		const found = await diagnostics(document, names('package-cache-kept'));
		const places = found.map((one) => `${ruleOf(one)} ${one.range.start.line}:${one.range.start.character} ${one.message}`);
		assert.deepEqual([...new Set(places)], places);
	});

	test('the fedora-nginx example has findings', async () => {
		const document = await openExample('fedora-nginx/Containerfile');
		const found = await diagnostics(document, (all) => all.length > 0);
		assert.ok(found.every((one) => document.validateRange(one.range).isEqual(one.range)));
	});

	test('a finding goes when its cause is edited away, and comes back with it', async () => {
		const document = await openFile(nginxOnFedora);
		await diagnostics(document, names('package-cache-kept'));
		const edit = new vscode.WorkspaceEdit();
		edit.insert(document.uri, document.lineAt(1).range.end, ' && dnf clean all');
		await vscode.workspace.applyEdit(edit);
		await diagnostics(document, (all) => !names('package-cache-kept')(all));
		await vscode.commands.executeCommand('undo');
		await diagnostics(document, names('package-cache-kept'));
	});

	test('a file that is no Containerfile is left alone', async () => {
		const other = await openFile(nginxOnFedora, 'notes.txt');
		const document = await openFile(nginxOnFedora);
		await diagnostics(document, names('package-cache-kept'));
		assert.deepEqual(vscode.languages.getDiagnostics(other.uri), []);
	});
});
