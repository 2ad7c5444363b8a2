import { readFileSync } from 'node:fs';
import { unifiedDiff } from '../../server/src/cli/diff';
import { styleOf } from '../../server/src/cli/style';
import { rewrites } from '../../server/src/rewrites';
import { rules } from '../../server/src/rules';
import type { Case, Sight } from './look';

/** What was seen, for people: counts, then broken laws with the change that broke them, at most so many of each law and rule. */
export function describe(sight: Sight, mostOfAKind: number): string {
	const ids = [...new Set([...rules.map(({ id }) => id), ...sight.findings.keys()])];
	const counts = [...ids.map((id) => [id, sight.findings.get(id), sight.filesWith.get(id), sight.fixes.get(id)].map((cell) => cell ?? 0))];
	const kinds = new Map<string, Case[]>();
	for (const one of sight.cases) kinds.set(`${one.law} (${one.rules.join(', ') || 'no rule'})`, [...(kinds.get(`${one.law} (${one.rules.join(', ') || 'no rule'})`) ?? []), one]);
	return [
		`${sight.files} files, ${sight.size} characters, ${sight.unread.length} not read; a repair changes ${sight.repaired} of them; ${Math.round(sight.size / Math.max(sight.spent, 1))} characters a millisecond`,
		...sample(sight.unread, mostOfAKind).map((because) => `  ${because}`),
		'',
		table([['rule', 'findings', 'files', 'repairs'], ...counts]),
		'',
		table([['rewrite', 'made'], ...rewrites.map(({ id }) => [id, sight.rewrites.get(id) ?? 0])]),
		'',
		'problems of parsing',
		...[...sight.problems]
			.sort((a, b) => b[1] - a[1])
			.slice(0, 20)
			.map(([message, times]) => `${String(times).padStart(8)}  ${message}`),
		'',
		...[...kinds].sort((a, b) => b[1].length - a[1].length).flatMap(([kind, cases]) => [`## ${kind}: ${cases.length}`, '', ...sample(cases, mostOfAKind).map(describeCase)]),
		sight.cases.length === 0 ? 'No law is broken.' : `${sight.cases.length} times a law is broken.`,
	].join('\n');
}

function describeCase({ file, message, after }: Case): string {
	const diff = after === undefined ? '' : unifiedDiff({ path: file, before: readFileSync(file, 'utf8'), after }, styleOf({}, {}));
	return `${file}: ${message}\n${diff}`;
}

/** The first of a list: files come in no order that matters. */
function sample<T>(list: readonly T[], most: number): readonly T[] {
	return list.slice(0, most);
}

function table(rows: readonly (readonly (string | number)[])[]): string {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
	return rows.map((row) => row.map((cell, column) => (column === 0 ? String(cell).padEnd(widths[column] ?? 0) : String(cell).padStart(widths[column] ?? 0))).join('  ')).join('\n');
}
