import { lint } from '../../server/src/lint/lint';
import { propose, rewritten } from '../../server/src/lint/propose';
import type { Context } from '../../server/src/model/context/context';
import { isRefusal, type Proposal, type Refusal } from '../../server/src/rewrites/rewrite';
import type { Instruction } from '../../server/src/syntax/containerfile';
import { parseContainerfile } from '../../server/src/syntax/parse';
import { acceptedElsewhere } from './judges';
import { brokenShell, type Repaired, type Violation } from './laws';
import { shellText } from './shellText';

/** A text after a rewrite, and the laws that it breaks: all but that of the shell's syntax, for which `repaired` is. */
export interface Rewritten {
	readonly repaired: Repaired;
	readonly proposal: Proposal;
	readonly violations: readonly Violation[];
}

/** Tries the laws that hold for every rewrite; a refusal where the rewrite is not offered. */
export function inspectRewrite(id: string, before: string, context: Context): Rewritten | Refusal {
	const result = rewritten(before, id, context);
	if (isRefusal(result)) return result;
	const { text: after, proposal } = result;
	const violations: Violation[] = [];
	const broken = (law: string, messages: readonly string[]) => violations.push(...messages.map((message) => ({ law, rules: [id], message, after })));
	const again = propose(after, context).find(({ rewrite }) => rewrite.id === id)?.answer;
	const loud = (text: string) => new Set(lint(text, context).findings.flatMap(({ rule, severity }) => (severity === 'warning' || severity === 'error' ? [rule] : [])));
	const loudBefore = loud(before);

	broken(
		'what is there now parses',
		parseContainerfile(after).problems.map(({ message }) => message),
	);
	broken('another parser still takes it', !acceptedElsewhere(after) && acceptedElsewhere(before) ? ['it took the text before'] : []);
	broken('the rewrite is not offered again', again && !isRefusal(again) ? [again.title] : []);
	broken(
		'what the rewrite is about is gone',
		lint(after, context).findings.flatMap(({ rewrites, message }) => (rewrites?.includes(id) ? [message] : [])),
	);
	broken(
		'no rule warns that did not before',
		[...loud(after)].filter((rule) => !loudBefore.has(rule)),
	);
	broken('no instruction but RUN and FROM changes, and no comment goes', lost(before, after));
	broken('line ends stay', hasPlainEnds(after) === hasPlainEnds(before) ? [] : ['they are of another kind']);
	const shells = { shellBefore: shellTexts(before), shellAfter: shellTexts(after) };
	return { repaired: { rules: [id], how: `"${proposal.title}"`, after, ...shells }, proposal, violations };
}

/** What a rewrite made of a text, after the laws that hold for every rewrite; fails where it refuses or a law is broken. */
export function rewriteOf(id: string, before: string, context: Context): { readonly text: string; readonly title: string; readonly assumes: readonly string[] } {
	const result = inspectRewrite(id, before, context);
	if (isRefusal(result)) throw new Error(`${id} refused because ${result.because}`);
	const { repaired, proposal, violations } = result;
	const all = [...violations, ...brokenShell([repaired]).map(({ violation }) => violation)];
	if (all.length > 0) throw new Error(`${all.map(({ law, message }) => `${law}: ${message}`).join('\n')}\n\n${repaired.after}`);
	return { text: repaired.after, title: proposal.title, assumes: proposal.assumes };
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

function hasPlainEnds(text: string): boolean {
	return /(?<!\r)\n/.test(text);
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
