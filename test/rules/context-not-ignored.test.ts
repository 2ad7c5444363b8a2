import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { type Context, parseBuilder } from '../../server/src/model/context/context';
import { contextNotIgnored as rule } from '../../server/src/rules/context-not-ignored';
import { finds, silent } from '../support/rules';

/** A build context with these files; an object's entries are ignore files with their texts. */
function context(present: readonly string[], ignoreFiles: Readonly<Record<string, string>> = {}, builder = 'any'): Context {
	return {
		builder: parseBuilder(builder) ?? { kind: 'any' },
		buildContext: { present: new Set([...present, ...Object.keys(ignoreFiles)]), ignoreFiles: new Map(Object.entries(ignoreFiles)), fileName: 'Containerfile' },
	};
}

describe('context-not-ignored', () => {
	it.each([
		['FROM a\nCOPY «.» /app\n', context([])],
		['FROM a\nADD --chown=1 «./» /app\n', context(['.git'])],
		['FROM a\nCOPY «.» .\nRUN npm ci\n', context(['node_modules'], { '.dockerignore': '.git\n' })],
		['FROM a\nCOPY «.» .\n', context(['.git'], { '.dockerignore': 'x\n' })],
		['FROM a\nCOPY package.json .\nCOPY «.» .\n', context(['package.json'])],
		['FROM a AS b\nCOPY «.» /app\nFROM scratch\nCOPY --from=b /app /app\n', context([])],
		// BuildKit does not know this name.
		['FROM a\nCOPY «.» /app\n', context(['.git'], { '.containerignore': '.git\n' }, 'buildkit')],
	] as const)('finds %j', (text, where) => {
		finds(rule, text, where);
	});

	it.each([
		['FROM a\nCOPY . /app\n', { builder: { kind: 'any' } }],
		['FROM a\nCOPY src/missing.c .\nCOPY . /app\n', context([])],
		['FROM a\nCOPY src /app\n', context(['src', '.git'])],
		['FROM a\nCOPY . /app\n', context(['.git'], { '.dockerignore': '.git\n' })],
		['FROM a\nCOPY . /app\n', context(['.git'], { '.dockerignore': '*\n!src\n' })],
		['FROM a\nCOPY . /app\n', context(['.git'], { '.dockerignore': '**/.git/\n' })],
		['FROM a\nCOPY . /app\n', context(['.git'], { 'Containerfile.dockerignore': '.git\n' })],
		['FROM a\nCOPY . /app\n', context(['.git'], { '.containerignore': '.git\n' })],
		['FROM a AS b\nCOPY . /app\nRUN make\nFROM scratch\nCOPY --from=b /app/x /x\n', context(['.git'])],
		['FROM a\nCOPY . /app\nRUN git describe > version\n', context(['.git'])],
		['FROM a\nCOPY . /app\n', context(['node_modules'], { '.dockerignore': '.git\n' })],
		['FROM a\nCOPY target/x.jar /x.jar\nCOPY . /app\nRUN mvn package\n', context(['target', 'target/x.jar'], { '.dockerignore': '.git\n' })],
		['FROM a\nCOPY --from=b . /app\n', context(['.git'])],
		['FROM a\nONBUILD COPY . /app\n', context(['.git'])],
	] as const)('is silent on %j', (text, where) => {
		silent(rule, text, where);
	});

	it.each([
		['any', '.dockerignore', '.git\n'],
		['podman', '.containerignore', '.git\n'],
		['buildkit', '.dockerignore', '.git\n'],
	])('creates the file that %s reads', (builder, path, text) => {
		const result = fixAll('FROM a\nCOPY . /app\n', context([], {}, builder), { upTo: 'suggested' });
		expect(result).toMatchObject({ settled: true, text: 'FROM a\nCOPY . /app\n', files: [{ path, text }] });
	});

	it('adds to the file that is there, its line ends kept', () => {
		const result = fixAll('FROM a\nCOPY . /app\n', context(['.git', '.venv'], { '.dockerignore': 'x\r\ny' }), { upTo: 'suggested' });
		expect(result.files).toEqual([{ path: '.dockerignore', text: 'x\r\ny\r\n.git\r\n.venv\r\n' }]);
		expect(fixAll('FROM a\nCOPY . /app\n', context(['.git']), { upTo: 'safe' }).files).toEqual([]);
	});
});
