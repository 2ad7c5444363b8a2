import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { becomes, diagnostics, names, nginxOnFedora, nginxOnFedoraRepaired, openFile, ruleOf, whittle } from '../support/documents';

suite('extension', () => {
	test('every command of the manifest exists', async () => {
		await openFile(nginxOnFedora);
		await whittle().activate();
		const declared: string[] = whittle().packageJSON.contributes.commands.map((one: { command: string }) => one.command);
		const existing = await vscode.commands.getCommands(true);
		assert.ok(declared.includes('whittle.fixAll'));
		assert.deepEqual(
			declared.filter((one) => !existing.includes(one)),
			[],
		);
	});

	test('the command "fix all" repairs the active file', async () => {
		const document = await openFile(nginxOnFedora);
		await diagnostics(document, names('package-cache-kept'));
		await vscode.commands.executeCommand('whittle.fixAll');
		await becomes(document, nginxOnFedoraRepaired);
	});

	test('the command "fix all" repairs the active file while another extension registers its own code actions', async () => {
		const none = { provideCodeActions: () => [] };
		const slow = { provideCodeActions: () => new Promise<[]>((done) => setTimeout(() => done([]), 500)) };
		const document = await openFile(nginxOnFedora);
		const registered = [vscode.languages.registerCodeActionsProvider('*', slow)];
		try {
			await diagnostics(document, names('package-cache-kept'));
			const fixed = vscode.commands.executeCommand('whittle.fixAll');
			setTimeout(() => registered.push(vscode.languages.registerCodeActionsProvider('*', none)), 100);
			await fixed;
			await becomes(document, nginxOnFedoraRepaired);
		} finally {
			for (const one of registered) one.dispose();
		}
	});

	test('the command "restart" brings the findings back', async () => {
		const document = await openFile(nginxOnFedora);
		await diagnostics(document, names('package-cache-kept'));
		await vscode.commands.executeCommand('whittle.restart');
		await diagnostics(document, names('package-cache-kept'));
	});

	test('a changed setting takes effect at once', async () => {
		const settings = vscode.workspace.getConfiguration('whittle');
		const document = await openFile(nginxOnFedora);
		await diagnostics(document, names('package-cache-kept'));
		try {
			await settings.update('rules', { 'package-cache-kept': 'error' }, vscode.ConfigurationTarget.Global);
			const found = await diagnostics(document, (all) => all.some((one) => one.severity === vscode.DiagnosticSeverity.Error));
			assert.deepEqual(found.filter((one) => one.severity === vscode.DiagnosticSeverity.Error).map(ruleOf), ['package-cache-kept']);
			await settings.update('rules', { 'package-cache-kept': 'off' }, vscode.ConfigurationTarget.Global);
			await diagnostics(document, (all) => !names('package-cache-kept')(all));
		} finally {
			await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
		}
		await diagnostics(document, names('package-cache-kept'));
	});

	test('hovering over a finding tells why', async () => {
		const document = await openFile(nginxOnFedora);
		const finding = (await diagnostics(document, names('package-cache-kept'))).find((one) => ruleOf(one) === 'package-cache-kept');
		assert.ok(finding);
		const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, finding.range.start);
		const text = hovers.flatMap((hover) => hover.contents.map((one) => (typeof one === 'string' ? one : one.value))).join('\n');
		assert.match(text, /package-cache-kept/);
		assert.match(text, /dnf clean all/);
	});
});
