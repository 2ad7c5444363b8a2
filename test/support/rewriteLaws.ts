import { expect } from 'vitest';
import { lint } from '../../server/src/lint/lint';
import { propose, rewritten } from '../../server/src/lint/propose';
import type { Context } from '../../server/src/model/context';
import { isRefusal } from '../../server/src/rewrites/rewrite';
import type { Instruction } from '../../server/src/syntax/containerfile';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { acceptedByBash, acceptedElsewhere } from './judges';
import { shellText } from './shellText';

/** What a rewrite made of a text, after the laws that hold for every rewrite; fails where it refuses or a law is broken. */
export function rewriteOf(id: string, before: string, context: Context): { readonly text: string; readonly title: string; readonly assumes: readonly string[] } {
	const result = rewritten(before, id, context);
	if (isRefusal(result)) throw new Error(`${id} refused because ${result.because}`);
	const { text: after, proposal } = result;

	expect(parseContainerfile(after).problems, 'what is there now parses').toEqual([]);
	if (acceptedElsewhere(before)) expect(acceptedElsewhere(after), `another parser takes\n${after}`).toBe(true);
	const shells = shellTexts(after);
	expect(
		acceptedByBash(shells)
			.map((accepted, index) => (accepted ? '' : shells[index]))
			.filter((text) => text !== ''),
		'bash reads every RUN',
	).toEqual([]);

	expect(propose(after, context).find(({ rewrite }) => rewrite.id === id)?.answer ?? { because: '' }, 'the rewrite is not offered again').toHaveProperty('because');
	expect(
		lint(after, context).findings.filter(({ rewrites }) => rewrites?.includes(id)),
		'what the rewrite is about is gone',
	).toEqual([]);
	const loud = (text: string) => new Set(lint(text, context).findings.flatMap(({ rule, severity }) => (severity === 'warning' || severity === 'error' ? [rule] : [])));
	expect(
		[...loud(after)].filter((rule) => !loud(before).has(rule)),
		'no rule finds what it did not find before',
	).toEqual([]);

	expect(lost(before, after), 'no instruction but RUN and FROM changes, and no comment goes').toEqual([]);
	expect(/(?<!\r)\n/.test(after), 'line ends stay').toBe(/(?<!\r)\n/.test(before));
	return { text: after, title: proposal.title, assumes: proposal.assumes };
}

/** The same for a refusal: the reason and what stops the rewrite. */
export function refusalOf(id: string, before: string, context: Context): { readonly because: string; readonly at: string } {
	const result = rewritten(before, id, context);
	if (!isRefusal(result)) throw new Error(`${id} did not refuse`);
	const { because, span } = result;
	return { because, at: before.slice(span.start, span.end) };
}

function shellTexts(text: string): readonly string[] {
	const file = parseContainerfile(text);
	return file.instructions.flatMap((instruction) => shellText(file, instruction) ?? []);
}

/** Instructions and comments of a text that are not in another, byte by byte; but a COPY may have another name or number of the same stage. */
function lost(before: string, after: string): readonly string[] {
	const unnamed = (text: string) => text.replace(/(?<=^[ \t]*COPY\s.*--from=)\S+/gim, '');
	const file = parseContainerfile(before);
	const kept = file.instructions
		.filter((one) => one.keyword !== 'RUN' && one.keyword !== 'FROM' && !isInExecForm(one, after))
		.map(({ span }) => before.slice(span.start, span.end));
	const comments = file.comments.map(({ start, end }) => before.slice(start, end).trimEnd());
	return [...kept, ...comments].filter((one) => !unnamed(after).includes(unnamed(one)));
}

/** Whether a CMD or ENTRYPOINT of plain words, which a shell would hand on as they are, is there as a JSON array. */
function isInExecForm({ keyword, exec, words }: Instruction, after: string): boolean {
	if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || exec || !words.every(({ text }) => /^[\w@%+=:,./-]+$/.test(text))) return false;
	const texts = words.map(({ text }) => text);
	return after.includes(`${keyword} [${(texts[0] === 'exec' ? texts.slice(1) : texts).map((text) => JSON.stringify(text)).join(', ')}]`);
}
