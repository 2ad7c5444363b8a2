import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { choose, codeActions, diagnostics, names, nginxOnFedora, nginxOnFedoraRepaired, openFile, ruleOf, wholeOf } from '../support/documents';

suite('repairs', () => {
	test('the light bulb offers a preferred quick fix, and choosing it repairs the file', async () => {
		const document = await openFile(nginxOnFedora);
		const finding = (await diagnostics(document, names('package-cache-kept'))).find((one) => ruleOf(one) === 'package-cache-kept');
		assert.ok(finding);
		const offered = await codeActions(document, finding.range, vscode.CodeActionKind.QuickFix);
		const preferred = offered.filter((one) => one.isPreferred);
		assert.ok(preferred[0], `no preferred quick fix among: ${offered.map((one) => one.title).join('; ')}`);
		await choose(preferred[0]);
		assert.equal(document.getText(), nginxOnFedoraRepaired);
		await diagnostics(document, (all) => !names('package-cache-kept')(all));
	});

	test('source.fixAll.whittle applies every safe repair at once', async () => {
		const twice = `${nginxOnFedora}RUN dnf -y install less\n`;
		const document = await openFile(twice);
		await diagnostics(document, names('package-cache-kept'));
		const [action, ...more] = await codeActions(document, wholeOf(document), vscode.CodeActionKind.SourceFixAll.append('whittle'));
		assert.ok(action);
		assert.deepEqual(more, []);
		await choose(action);
		assert.equal(document.getText(), `${nginxOnFedoraRepaired}RUN dnf -y install less && dnf clean all\n`);
	});

	test('nothing happens on saving unless the user asked for it', async () => {
		const document = await openFile(nginxOnFedora);
		await diagnostics(document, names('package-cache-kept'));
		await typeComment(document);
		await document.save();
		assert.equal(document.getText(), `# mine\n${nginxOnFedora}`);
	});

	test('saving repairs where the user set editor.codeActionsOnSave', async () => {
		const settings = vscode.workspace.getConfiguration('editor');
		await settings.update('codeActionsOnSave', { 'source.fixAll.whittle': 'explicit' }, vscode.ConfigurationTarget.Global);
		try {
			const document = await openFile(nginxOnFedora);
			await diagnostics(document, names('package-cache-kept'));
			await typeComment(document);
			await document.save();
			assert.equal(document.getText(), `# mine\n${nginxOnFedoraRepaired}`);
		} finally {
			await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
		}
	});

	test('a comment that ignores the finding can be chosen, and silences it', async () => {
		const document = await openFile(nginxOnFedora);
		const finding = (await diagnostics(document, names('package-cache-kept'))).find((one) => ruleOf(one) === 'package-cache-kept');
		assert.ok(finding);
		const offered = await codeActions(document, finding.range, vscode.CodeActionKind.QuickFix);
		const ignore = offered.find((one) => /ignore/i.test(one.title) && /package-cache-kept/.test(one.title) && !/file/i.test(one.title));
		assert.ok(ignore, `no way to ignore among: ${offered.map((one) => one.title).join('; ')}`);
		await choose(ignore);
		assert.match(document.getText(), /# whittle-ignore package-cache-kept/);
		await diagnostics(document, (all) => !names('package-cache-kept')(all));
	});
});

async function typeComment(document: vscode.TextDocument): Promise<void> {
	const edit = new vscode.WorkspaceEdit();
	edit.insert(document.uri, new vscode.Position(0, 0), '# mine\n');
	await vscode.workspace.applyEdit(edit);
}
