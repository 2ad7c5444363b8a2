import { strict as assert } from 'node:assert';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { diagnostics, names, nginxOnFedora, openFile, whittle } from '../support/documents';
import { trustVariable } from '../support/mochaReport';

const trusted = process.env[trustVariable] === 'given';
const commands = ['whittle.build', 'whittle.buildMultiArch', 'whittle.pushManifest', 'whittle.selectConnection', 'whittle.copyBuildCommands'];

/** Each of them asks podman about itself before anything else. */
const asking = commands.filter((command) => command !== 'whittle.pushManifest');

suite('builds', () => {
	let folder: string;
	let log: string;

	setup(async () => {
		folder = mkdtempSync(join(tmpdir(), 'whittle-program-'));
		log = join(folder, 'log');
		const program = join(folder, 'podman');
		writeFileSync(program, `#!/bin/sh\necho "$@" >> ${log}\necho "Error: unable to connect to Podman socket: connection refused" >&2\nexit 125\n`, { mode: 0o755 });
		await configure(program);
	});

	teardown(async () => {
		await configure(undefined);
		rmSync(folder, { recursive: true });
	});

	test('every command of building is for trusted workspaces only', () => {
		const declared: { command: string; enablement?: string }[] = whittle().packageJSON.contributes.commands;
		for (const command of commands) assert.equal(declared.find((one) => one.command === command)?.enablement, 'isWorkspaceTrusted');
	});

	test('no setting of a workspace names the program that is started', async () => {
		const { properties } = whittle().packageJSON.contributes.configuration;
		assert.equal(properties['whittle.build.podman'].scope, 'machine');
		await assert.rejects(async () => vscode.workspace.getConfiguration('whittle.build').update('podman', 'evil', vscode.ConfigurationTarget.Workspace));
	});

	for (const command of asking) {
		test(`${command} starts podman where the workspace is trusted, and nothing where it is not`, async function () {
			if (process.platform === 'win32') this.skip();
			const document = await openFile(nginxOnFedora);
			await diagnostics(document, names('package-cache-kept'));
			await vscode.commands.executeCommand(command, document.uri);
			assert.equal(existsSync(log) && /^(version|info)/m.test(readFileSync(log, 'utf8')), trusted);
		});
	}

	// Elsewhere VS Code itself asks for trust before it says which tasks there are.
	if (trusted) {
		test('there is a task for a Containerfile, which says why podman cannot be started, ends with 2 and leaves no mark', async () => {
			await configure(join(folder, 'nowhere'));
			const document = await openFile(nginxOnFedora);
			const file = vscode.workspace.asRelativePath(document.uri);
			const offered = (await vscode.tasks.fetchTasks({ type: 'whittle' })).filter(({ definition }) => definition['file'] === file);
			assert.deepEqual(
				offered.map(({ name }) => name),
				[`build ${file}`],
			);
			const [task] = offered;
			assert.ok(task);
			assert.equal(await exitCode(task), 2);
			const marks = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'podman');
			assert.deepEqual(marks, []);
		});

		test('tasks of tasks.json start podman, and do not where something is wrong in them', async function () {
			if (process.platform === 'win32') this.skip();
			const document = await openFile(nginxOnFedora);
			const file = vscode.workspace.asRelativePath(document.uri);
			const tasks = [
				{ type: 'whittle', label: 'wrong', file, platforms: 'linux/amd64' },
				{ type: 'whittle', label: 'right', file, platforms: ['linux/amd64'] },
			];
			const shared = vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? document.uri, '.vscode/tasks.json');
			await vscode.workspace.fs.writeFile(shared, Buffer.from(JSON.stringify({ version: '2.0.0', tasks })));
			try {
				assert.equal(await exitCode(await taskNamed('wrong')), 2);
				assert.equal(existsSync(log), false);
				assert.equal(await exitCode(await taskNamed('right')), 2);
				assert.equal(existsSync(log), true);
			} finally {
				await vscode.workspace.fs.delete(shared);
			}
		});
	}
});

/** The task of tasks.json with that label, as soon as VS Code has read it. */
async function taskNamed(label: string): Promise<vscode.Task> {
	for (;;) {
		const found = (await vscode.tasks.fetchTasks({ type: 'whittle' })).find(({ name }) => name === label);
		if (found) return found;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

async function configure(program: string | undefined): Promise<void> {
	await vscode.workspace.getConfiguration('whittle.build').update('podman', program, vscode.ConfigurationTarget.Global);
}

function exitCode(task: vscode.Task): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const listener = vscode.tasks.onDidEndTaskProcess((event) => {
			if (event.execution.task.name !== task.name) return;
			listener.dispose();
			resolve(event.exitCode);
		});
		vscode.tasks.executeTask(task).then(undefined, reject);
	});
}
