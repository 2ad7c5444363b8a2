import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { within } from '../text/span';

/**
 * The edits that make one RUN of several that follow each other and may be merged: `&&` takes the place of keyword and flags,
 * comments between and before their commands stay as comment lines of the continuation.
 */
export function mergeRuns(file: Containerfile, runs: readonly Instruction[]): readonly Edit[] {
	const layout = layoutOf(file, runs);
	return runs.slice(1).flatMap((run, index) => {
		const before = runs[index]?.script?.statements.at(-1);
		const first = run.script?.statements[0];
		if (!before || !first) return [];
		const span = { start: before.span.end, end: first.span.start };
		const comments = [...within(file.comments, span), ...within(run.comments, span)]
			.map((comment) => `${layout.indent}${file.text.slice(comment.start, comment.end).trimEnd()}${file.newline}`)
			.join('');
		const lineBreak = `${file.escape}${file.newline}`;
		return [{ span, text: layout.leads ? ` ${lineBreak}${comments}${layout.indent}&& ` : ` && ${lineBreak}${comments}${layout.indent}` }];
	});
}

/** How a file joins commands over several lines: `&&` leads the line or ends the one before. */
interface Layout {
	readonly leads: boolean;
	readonly indent: string;
}

/** By file, since every row of RUNs without a layout of its own asks for it. */
const layouts = new WeakMap<Containerfile, Layout>();

/** The layout of the RUNs themselves where they have one, else that of the file's first RUN that has one. */
function layoutOf(file: Containerfile, runs: readonly Instruction[]): Layout {
	const own = findLayout(file, runs);
	if (own) return own;
	const found = layouts.get(file) ?? findLayout(file, file.instructions) ?? { leads: true, indent: '    ' };
	layouts.set(file, found);
	return found;
}

function findLayout(file: Containerfile, runs: readonly Instruction[]): Layout | undefined {
	for (const run of runs) {
		if (run.heredocs.length > 0) continue;
		for (const [index, { joiner, joinerSpan }] of (run.script?.statements ?? []).entries()) {
			if (joiner !== '&&' || !joinerSpan) continue;
			const start = lineStart(file.text, joinerSpan.start);
			const before = file.text.slice(start, joinerSpan.start);
			if (start > run.span.start && before.trim() === '') return { leads: true, indent: before };
			const next = run.script?.statements[index + 1]?.span.start ?? joinerSpan.end;
			const indent = file.text.slice(lineStart(file.text, next), next);
			if (/^[ \t]*[\\`][ \t]*\r?\n/.test(file.text.slice(joinerSpan.end, joinerSpan.end + 80)) && indent.trim() === '') return { leads: false, indent };
		}
	}
	return undefined;
}

function lineStart(text: string, offset: number): number {
	return text.lastIndexOf('\n', offset - 1) + 1;
}
