import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rewrites } from '../server/src/rewrites';

const source = join(__dirname, '../server/src');
const client = join(__dirname, '../client/src');

/** What each folder may import besides itself; the core reads from left to right. */
const allowed: Readonly<Record<string, readonly string[]>> = {
	text: [],
	shell: ['text'],
	syntax: ['text', 'shell'],
	model: ['text', 'shell', 'syntax', 'advice/advice'],
	advice: ['text', 'shell', 'syntax', 'model'],
	rules: ['text', 'shell', 'syntax', 'model', 'advice'],
	rewrites: ['text', 'shell', 'syntax', 'model', 'advice'],
	lint: ['text', 'shell', 'syntax', 'model', 'advice', 'rules', 'rewrites'],
	disk: ['text', 'shell', 'syntax', 'model', 'advice', 'rules', 'rewrites', 'lint'],
	lsp: ['text', 'shell', 'syntax', 'model', 'advice', 'rules', 'rewrites', 'lint', 'disk', 'protocol', 'podman/locate'],
	podman: ['text', 'shell', 'syntax'],
	cli: ['text', 'shell', 'syntax', 'model', 'advice', 'rules', 'rewrites', 'lint', 'disk', 'podman'],
};

/** The rooms of the model, each with those that it may import besides itself. */
const rooms: Readonly<Record<string, readonly string[]>> = {
	basics: [],
	context: ['basics'],
	catalog: ['basics'],
	commands: ['basics', 'catalog'],
	stages: ['basics', 'context', 'catalog', 'commands'],
	purpose: ['basics', 'catalog', 'commands', 'stages'],
	files: ['basics', 'context', 'catalog', 'commands', 'stages', 'purpose'],
	packages: ['basics', 'context', 'catalog', 'commands', 'stages', 'purpose', 'files'],
	layers: ['basics', 'context', 'catalog', 'commands', 'stages', 'purpose', 'files', 'packages'],
};

/** The only folder that may import a package. */
const importers: Readonly<Record<string, readonly string[]>> = {
	diff: ['text'],
	unbash: ['shell'],
	'dockerfile-ast': ['syntax'],
	'vscode-languageserver-types': ['syntax', 'lsp'],
	'vscode-languageserver': ['lsp'],
	'vscode-languageserver/node': ['lsp'],
	'vscode-languageserver-textdocument': ['lsp'],
	'@balena/dockerignore': ['model'],
	picomatch: ['lint'],
	sarif: ['cli'],
};

const core = ['text', 'shell', 'syntax', 'model', 'advice', 'rules', 'rewrites', 'lint'];

function files(folder: string): readonly string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => join(entry.parentPath, entry.name));
}

function imports(file: string): readonly string[] {
	return [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;]*?from '([^']+)'|\bimport\('([^']+)'\)|\brequire\('([^']+)'\)/gm)].map(
		(match) => match[1] ?? match[2] ?? match[3] ?? '',
	);
}

/** Imports of a folder's files from below a root that are neither its own nor from one of the others, which are named from there. */
function strayImports(root: string, folder: string, others: readonly string[]): readonly string[] {
	return files(join(root, folder)).flatMap((file) =>
		imports(file)
			.filter((target) => target.startsWith('.'))
			.map((target) => join(file, '..', target))
			.filter((target) => target.startsWith(`${root}/`))
			.map((target) => target.slice(root.length + 1))
			.filter((target) => target.split('/')[0] !== folder && !others.some((other) => target === other || target.startsWith(`${other}/`)))
			.map((target) => `${file.slice(root.length + 1)} imports ${target}`),
	);
}

describe('imports go one way', () => {
	it.each(Object.entries(allowed))('%s', (folder, others) => expect(strayImports(source, folder, others)).toEqual([]));

	it.each(Object.entries(rooms))('model/%s', (room, others) => expect(strayImports(join(source, 'model'), room, others)).toEqual([]));

	it('every file of the model is in a room', () => {
		const names = readdirSync(join(source, 'model'), { withFileTypes: true });
		expect(names.map(({ name }) => name).sort()).toEqual(Object.keys(rooms).sort());
		expect(names.every((entry) => entry.isDirectory())).toBe(true);
	});
});

it('packages are imported where they belong', () => {
	const wrong = files(source).flatMap((file) => {
		const folder = file.slice(source.length + 1).split('/')[0] ?? '';
		return imports(file)
			.filter((target) => !target.startsWith('.') && !target.startsWith('node:') && !importers[target]?.includes(folder))
			.map((target) => `${file.slice(source.length + 1)} imports ${target}`);
	});
	expect(wrong).toEqual([]);
});

it('the core does no IO and asks no clock', () => {
	const wrong = core.flatMap((folder) =>
		files(join(source, folder)).flatMap((file) => {
			const text = readFileSync(file, 'utf8');
			const nodes = imports(file).filter((target) => target.startsWith('node:') && target !== 'node:path');
			const globals = text.match(/\b(?:process\.|console\.|Date\.now|new Date\b|Math\.random|setTimeout|fetch\()/g) ?? [];
			return [...nodes, ...globals].map((what) => `${file.slice(source.length + 1)}: ${what}`);
		}),
	);
	expect(wrong).toEqual([]);
});

it('no rule knows another', () => {
	const wrong = files(join(source, 'rules'))
		.filter((file) => !file.endsWith('/index.ts'))
		.flatMap((file) =>
			imports(file)
				.filter((target) => target.startsWith('./') && target !== './rule')
				.map((target) => `${file} imports ${target}`),
		);
	expect(wrong).toEqual([]);
});

it('neither the core nor the client knows a rule by name', () => {
	const ids = files(join(source, 'rules')).flatMap((file) => /^\tid: '([^']+)'/m.exec(readFileSync(file, 'utf8'))?.[1] ?? []);
	expect(ids.length).toBeGreaterThan(0);
	const places = [...core.filter((folder) => folder !== 'rules').flatMap((folder) => files(join(source, folder))), ...files(client)];
	const wrong = places.flatMap((file) => ids.filter((id) => readFileSync(file, 'utf8').includes(`'${id}'`)).map((id) => `${file} names ${id}`));
	expect(wrong).toEqual([]);
});

it('what offers rewrites knows none by name', () => {
	const ids = rewrites.map(({ id }) => id);
	const places = [...['lint', 'disk', 'lsp', 'cli'].flatMap((folder) => files(join(source, folder))), ...files(client)];
	const wrong = places.flatMap((file) => ids.filter((id) => readFileSync(file, 'utf8').includes(id)).map((id) => `${file} names ${id}`));
	expect(wrong).toEqual([]);
});

it('the client imports only the protocol of the server and its builds', () => {
	const wrong = files(client).flatMap((file) =>
		imports(file).filter((target) => target.includes('server') && !/^vscode-/.test(target) && !/server\/src\/(?:protocol|podman\/\w+)$/.test(target)),
	);
	expect(wrong).toEqual([]);
});

it('one file only starts programs, and one only threads', () => {
	const importing = (names: RegExp) => [...files(source), ...files(client)].filter((file) => imports(file).some((target) => names.test(target)));
	expect(importing(/^(?:node:)?(?:child_process|cluster)$/)).toEqual([join(source, 'podman/run.ts')]);
	expect(importing(/^(?:node:)?worker_threads$/)).toEqual([join(source, 'cli/threads.ts')]);
});

it('only the client imports vscode, and no file of the project is over 300 lines', () => {
	expect(files(source).filter((file) => imports(file).includes('vscode'))).toEqual([]);
	const long = [...files(source), ...files(client)].filter((file) => readFileSync(file, 'utf8').split('\n').length > 300);
	expect(long).toEqual([]);
});
