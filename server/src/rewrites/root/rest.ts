import type { Containerfile, Instruction } from '../../syntax/containerfile';

/** Statements that go: from one to another of a RUN, by their indexes. */
export interface Cut {
	readonly index: number;
	readonly last: number;
}

/** The text of a RUN without some of its statements, comments of its continuations kept, line ends as `\n`; undefined where that is not exactly known. */
export function restOf(file: Containerfile, run: Instruction, cuts: readonly Cut[]): string | undefined {
	const { script, heredocs } = run;
	if (!script || heredocs.length > 0 || script.statements.some(({ joiner }) => joiner === '&')) return undefined;
	const kept = script.statements.flatMap((statement, index) => (cuts.some((cut) => cut.index <= index && index <= cut.last) ? [] : [{ statement, index }]));
	let text = file.text.slice(run.span.start, run.args.start);
	for (const [at, { statement, index }] of kept.entries()) {
		text += file.text.slice(statement.span.start, statement.span.end);
		const next = script.statements[index + 1];
		if (at < kept.length - 1 && next) {
			// A failure that `||` catches would be another one.
			if (statement.joiner === '||' && kept[at + 1]?.index !== index + 1) return undefined;
			text += file.text.slice(statement.span.end, next.span.start);
		}
	}
	return text.replaceAll('\r\n', '\n');
}

/** The comment lines inside of a RUN. */
export function commentsIn(file: Containerfile, run: Instruction): readonly string[] {
	return run.comments.map(({ start, end }) => file.text.slice(start, end).trim());
}
