import type { Finding, Fix } from '../advice/advice';
import { endsInInstall, isWhole, piecesOf, type RunPiece } from '../model/commands/brokenLines';
import { startsWithErrexit } from '../model/commands/errexit';
import { type HiddenFailure, hiddenFailures, isHarmless } from '../model/commands/hiddenFailures';
import { unwrap } from '../model/commands/invocation';
import { ignoresShell } from '../model/context/context';
import type { Model } from '../model/stages/model';
import type { Rule } from './rule';

/** A line of a RUN does not go on in the next as it was meant to, or a RUN goes on where it should stop. */
export const brokenContinuation: Rule = {
	id: 'broken-continuation',
	title: 'A RUN ends too early, or goes on after a failed installation',
	severity: 'error',
	concerns: 'build',
	fixable: 'safe',
	docs: {
		why: 'A RUN goes on in the next line only where the backslash is the very last character of the line, blanks aside. Without it the RUN is over, and the next package is read as an instruction that nobody knows. A comment behind the backslash has the same effect; on a line of its own, in the middle of the RUN, it does no harm.\n\nThe opposite is as treacherous: after `;` a RUN goes on when an installation has failed, and what counts is whether its last command works. `&&` stops at the failure.',
		before: 'FROM fedora:41\nRUN dnf -y install \\\n      glibc\n      glibc-minimal-langpack \\\n      python3\n',
		after: 'FROM fedora:41\nRUN dnf -y install \\\n      glibc \\\n      glibc-minimal-langpack \\\n      python3\n',
		links: ['https://docs.docker.com/reference/dockerfile/#format'],
	},
	*check(model, context) {
		const { file } = model;
		const stopping = new Set(ignoresShell(context) ? [] : model.runs.filter((run) => run.stopsAtFailure).map((run) => run.instruction));
		for (const [index, run] of file.instructions.entries()) {
			if (run.keyword !== 'RUN' || !run.script || run.exec) continue;
			const pieces = piecesOf(file, index);
			if (pieces) yield* stops(model, pieces);
			if (stopping.has(run) || startsWithErrexit(file, run)) continue;
			let missesHeredoc = true;
			for (const { script, goesOn } of pieces ?? [{ script: run.script, goesOn: false }]) {
				for (const failure of hiddenFailures(file.text, script, goesOn)) {
					if (isHarmless(failure)) continue;
					// One `set -e` at its top cures a whole here-document.
					if (failure.joiner || (run.bare && missesHeredoc)) yield hidden(file.text, failure);
					if (!failure.joiner) missesHeredoc = false;
				}
			}
		}
	},
};

function* stops({ file }: Model, pieces: readonly RunPiece[]): Iterable<Finding> {
	const { text } = file;
	const fix = continueLines(file, pieces);
	for (const [index, piece] of pieces.entries()) {
		const { end, comment, backslash } = piece.tail;
		const next = pieces[index + 1]?.instruction;
		if (next) {
			const word = text.slice(next.keywordSpan.start, next.keywordSpan.end);
			const result = `the RUN ends here and ${word} is read as an instruction`;
			yield {
				span: comment
					? { start: backslash ?? comment.start, end: comment.end }
					: { start: end - (/\S+$/.exec(text.slice(piece.instruction.span.start, end))?.[0].length ?? 0), end },
				message: comment && backslash !== undefined ? `this backslash is not the last character of its line, so ${result}` : `this line lacks a backslash at its end, so ${result}`,
				related: [{ span: next.keywordSpan, message: 'this was meant to belong to the RUN' }],
				...(fix ? { fixes: [fix] } : {}),
			};
		} else if (backslash !== undefined && comment && endsInInstall(piece.script, piece.goesOn) && !/[&|]$/.test(text.slice(piece.instruction.span.start, end))) {
			yield {
				span: { start: backslash, end: comment.end },
				message: 'this backslash does not continue the line but makes the comment a list of packages to install',
				fixes: [{ title: 'Remove the backslash before the comment', applicability: 'safe', edits: withoutBackslash(piece.tail) }],
			};
		}
	}
}

/** All broken lines of a RUN at once: a half of it would be no better. */
function continueLines(file: Model['file'], pieces: readonly RunPiece[]): Fix | undefined {
	const broken = pieces.slice(0, -1).map(({ tail }) => tail);
	const last = pieces.at(-1);
	if (broken.length === 0 || !last || !isWhole(file, pieces)) return undefined;
	if (last.tail.backslash !== undefined && !endsInInstall(last.script, last.goesOn)) return undefined;
	if (!pieces.every((piece) => isPlain(file.text, piece))) return undefined;
	const edits = broken.flatMap(({ end, lineEnd, comment }) => {
		const edit = { span: { start: end, end: lineEnd }, text: ` ${file.escape}` };
		if (!comment) return [edit];
		const line = file.text.lastIndexOf('\n', comment.start) + 1;
		const indent = /^[ \t]*/.exec(file.text.slice(line))?.[0] ?? '';
		return [{ span: { start: line, end: line }, text: `${indent}${file.text.slice(comment.start, comment.end)}${file.newline}` }, edit];
	});
	const moves = broken.every(({ comment }) => comment);
	const title = broken.length > 1 ? `Repair the ${broken.length} lines at which this RUN breaks off` : moves ? 'Move the comment above its line' : 'Add the missing backslash';
	return { title, applicability: 'safe', edits: [...edits, ...withoutBackslash(last.tail)] };
}

/** Whether no other backslash stands before a blank, which would mean something else once its line belongs to the RUN, and the comment is no directive where it moves to. */
function isPlain(text: string, { instruction: { span }, tail: { backslash, comment } }: RunPiece): boolean {
	const others = backslash === undefined ? text.slice(span.start, span.end) : text.slice(span.start, backslash) + text.slice(backslash + 1, span.end);
	return !/(?<!\S)[\\`][ \t]+\S/.test(others) && !(comment && /^#[ \t]*\w+[ \t]*=/.test(text.slice(comment.start, comment.end)));
}

function withoutBackslash({ backslash, comment }: RunPiece['tail']): Fix['edits'] {
	return backslash === undefined || !comment ? [] : [{ span: { start: backslash, end: comment.start }, text: '' }];
}

function hidden(text: string, { command, joiner, edits }: HiddenFailure): Finding {
	const name = (command && unwrap(command).program) ?? 'the installation';
	const span = joiner ?? command?.span ?? { start: 0, end: 0 };
	return {
		span: joiner ? span : { start: span.start, end: span.start + text.slice(span.start, span.end).split(/\r?\n/, 1).join('').trimEnd().length },
		severity: 'warning',
		message: joiner
			? `after this ; the RUN goes on even if ${name} has failed, and the image is built without the packages`
			: 'without set -e this script goes on when the installation has failed, and the image is built without the packages',
		...(joiner && edits ? { fixes: [{ title: 'Replace ; by &&', applicability: 'suggested', edits }] } : {}),
	};
}
