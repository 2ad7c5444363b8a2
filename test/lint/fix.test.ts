import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fix } from '../../server/src/advice/advice';
import { fixAll } from '../../server/src/lint/fix';
import type { Context } from '../../server/src/model/context/context';
import type { Rule } from '../../server/src/rules/rule';
import type { Span } from '../../server/src/text/span';
import { replacing, wordRule } from '../support/wordRule';

const state = vi.hoisted(() => ({ rules: [] as Rule[] }));
vi.mock('../../server/src/rules', () => ({ rules: state.rules }));

beforeEach(() => {
	state.rules.length = 0;
});

/** A rule that writes another word. */
const turns = (from: string, to: string, more: Partial<Fix> = {}): Rule => wordRule(`${from}-to-${to}`.toLowerCase(), from, (at) => [replacing(at, to, more)]);
const within = (present: readonly string[] = []): Context => ({
	builder: { kind: 'any' },
	buildContext: { present: new Set(present), ignoreFiles: new Map(), fileName: 'Containerfile' },
});
const behind = (at: Span): Span => ({ start: at.end, end: at.end });

describe('repairing', () => {
	it('changes nothing where nothing is found', () => {
		state.rules.push(turns('A', 'B'));
		expect(fixAll('FROM x\n')).toEqual({ text: 'FROM x\n', applied: [], files: [], settled: true });
	});

	it('goes on pass after pass, and says what it did where and when', () => {
		state.rules.push(turns('B', 'C'), turns('A', 'B'));
		const { text, applied, settled } = fixAll('FROM x\r\nRUN A\r\nRUN A && B\r\n');
		expect(text).toBe('FROM x\r\nRUN C\r\nRUN C && C\r\n');
		expect(settled).toBe(true);
		expect(applied.map(({ rule, pass, line, span }) => [rule, pass, line, span.start])).toEqual([
			['a-to-b', 1, 1, 12],
			['a-to-b', 1, 2, 19],
			['b-to-c', 1, 2, 24],
			['b-to-c', 2, 1, 12],
			['b-to-c', 2, 2, 19],
		]);
		expect(applied[0]?.title).toBe('Write B');
	});

	it('lets a repair that overlaps an earlier one wait', () => {
		state.rules.push(
			wordRule('first', 'A', (at) => [replacing({ start: at.start, end: at.end + 2 }, 'x B')]),
			wordRule('second', 'B', (at) => [replacing(at, 'y')]),
		);
		const { text, applied } = fixAll('FROM x\nRUN A B\nRUN B\n');
		expect(text).toBe('FROM x\nRUN x y\nRUN y\n');
		expect(applied.map(({ rule, pass, line }) => [rule, pass, line])).toEqual([
			['first', 1, 1],
			['second', 1, 2],
			['second', 2, 1],
		]);
	});

	it('makes insertions at one place one after the other', () => {
		const appends = (id: string, text: string): Rule => ({
			...wordRule(id, 'A', (at) => [replacing(behind(at), text)]),
			*check({ file }) {
				const at = file.text.indexOf('A');
				if (!file.text.includes(text)) yield { span: { start: at, end: at + 1 }, message: id, fixes: [replacing({ start: at + 1, end: at + 1 }, text)] };
			},
		});
		state.rules.push(appends('first', ' && b'), appends('second', ' && c'));
		const { text, applied, settled } = fixAll('FROM x\nRUN A\n');
		expect(text).toBe('FROM x\nRUN A && c && b\n');
		expect(applied.map(({ rule, pass }) => [rule, pass])).toEqual([
			['first', 1],
			['second', 2],
		]);
		expect(settled).toBe(true);
	});

	it('of one rule leaves the others alone', () => {
		state.rules.push(turns('A', 'x'), turns('B', 'y'));
		expect(fixAll('FROM a\nRUN A B\n', undefined, { upTo: 'safe', only: 'b-to-y' }).text).toBe('FROM a\nRUN A y\n');
	});

	it('leaves alone what is switched off or ignored', () => {
		state.rules.push(turns('A', 'x'), turns('B', 'y'));
		expect(fixAll('FROM a\nRUN A B\n', undefined, { upTo: 'safe', rules: { 'a-to-x': 'off' } }).text).toBe('FROM a\nRUN A y\n');
		expect(fixAll('FROM a\n# whittle-ignore a-to-x\nRUN A\nRUN A\n').text).toBe('FROM a\n# whittle-ignore a-to-x\nRUN A\nRUN x\n');
	});
});

describe('trust', () => {
	it.each([
		['safe', 'FROM a\nRUN s A\n'],
		['suggested', 'FROM a\nRUN g A\n'],
		['review', 'FROM a\nRUN r A\n'],
	] as const)('up to %s takes the first repair that has it', (upTo, after) => {
		const fixes = (at: Span) => [
			replacing(at, 'r', { applicability: 'review' }),
			replacing(at, 'g', { applicability: 'suggested' }),
			replacing(at, 's', { applicability: 'safe' }),
		];
		state.rules.push(wordRule('many', 'M', fixes));
		expect(fixAll('FROM a\nRUN M A\n', undefined, { upTo }).text).toBe(after);
	});

	it('is safe where nothing is said', () => {
		state.rules.push(turns('A', 'x', { applicability: 'suggested' }), turns('B', 'y'));
		expect(fixAll('FROM a\nRUN A B\n').text).toBe('FROM a\nRUN A y\n');
	});
});

describe('other files', () => {
	const ignoring = (id: string, word: string, line: string): Rule => ({
		...wordRule(id, word),
		*check({ file }, { buildContext }) {
			const at = file.text.indexOf(word);
			const there = buildContext?.ignoreFiles.get('.containerignore') ?? '';
			if (at < 0 || there.includes(line)) return;
			const files = [{ path: '.containerignore', text: `${there}${line}\n` }];
			yield { span: { start: at, end: at + 1 }, message: id, fixes: [{ title: id, applicability: 'safe', edits: [], files }] };
		},
	});

	it('are changed one repair after the other, and the next pass sees them', () => {
		state.rules.push(ignoring('git', 'A', '.git'), ignoring('modules', 'B', 'node_modules'));
		const { text, files, applied, settled } = fixAll('FROM a\nRUN A B\n', within());
		expect(text).toBe('FROM a\nRUN A B\n');
		expect(files).toEqual([{ path: '.containerignore', text: '.git\nnode_modules\n' }]);
		expect(applied.map(({ rule, pass }) => [rule, pass])).toEqual([
			['git', 1],
			['modules', 2],
		]);
		expect(settled).toBe(true);
	});

	it('are present for the next pass', () => {
		const seen: string[] = [];
		const looking: Rule = {
			...wordRule('looking', 'A'),
			check(_model, { buildContext }) {
				seen.push([...(buildContext?.present ?? [])].join(' '));
				return [];
			},
		};
		state.rules.push(ignoring('git', 'A', '.git'), looking);
		fixAll('FROM a\nRUN A\n', within(['src']));
		expect(seen).toEqual(['src', 'src .containerignore']);
	});
});

describe('what goes wrong', () => {
	it('a circle stops with the last good text', () => {
		state.rules.push(turns('A', 'B'), turns('B', 'A'));
		const { text, applied, settled } = fixAll('FROM a\nRUN A\n');
		expect(settled).toBe(false);
		expect(text).toBe('FROM a\nRUN B\n');
		expect(applied.map(({ rule }) => rule)).toEqual(['a-to-b']);
	});

	it('what never ends stops after ten passes', () => {
		state.rules.push(wordRule('more', 'A', (at) => [replacing(behind(at), ' b')]));
		const { text, applied, settled } = fixAll('FROM a\nRUN A\n');
		expect(settled).toBe(false);
		expect(text).toBe(`FROM a\nRUN A${' b'.repeat(10)}\n`);
		expect(applied.map(({ pass }) => pass)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	});

	it('a repair after which less parses is left out, and the others are made', () => {
		state.rules.push(turns('A', 'x "'), turns('B', 'y'));
		const { text, applied, settled } = fixAll('FROM a\nRUN A B\nRUN A\nRUN B\n');
		expect(text).toBe('FROM a\nRUN A y\nRUN A\nRUN y\n');
		expect(applied.map(({ rule }) => rule)).toEqual(['b-to-y', 'b-to-y']);
		expect(settled).toBe(true);
	});

	it('a repair that breaks an instruction is left out too', () => {
		state.rules.push(turns('A', 'x\nnonsense'));
		expect(fixAll('FROM a\nRUN A\n')).toMatchObject({ text: 'FROM a\nRUN A\n', applied: [], settled: true });
	});

	it('what did not parse before is no reason to do nothing', () => {
		state.rules.push(turns('A', 'x'));
		expect(fixAll('FROM a\nRUN echo "\nRUN A\n').text).toBe('FROM a\nRUN echo "\nRUN x\n');
	});
});
