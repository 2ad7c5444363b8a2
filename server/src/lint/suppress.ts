import type { Severity } from '../advice/advice';
import { rules } from '../rules';
import type { Rule } from '../rules/rule';
import type { Containerfile, Instruction } from '../syntax/containerfile';
import { parseContainerfile } from '../syntax/parse';
import { nearest } from '../text/distance';
import type { Edit } from '../text/edit';
import { firstFrom, type Span } from '../text/span';
import { configurableIds, unknownRule, unusedIgnore } from './configurable';
import type { Reported } from './lint';

/** Where an ignore comment holds. */
export type IgnoreScope = 'here' | 'file';

/** An ignore comment: Whittle's own, or hadolint's with the ids of the rules that mean the same. */
interface Ignore {
	readonly comment: Span;
	/** As written, with their places; none in one of ours that cannot be read. */
	readonly ids: readonly { readonly id: string; readonly span: Span }[];
	readonly scope: IgnoreScope;
	readonly own: boolean;
	/** The instruction it stands above or in; undefined for one that holds for the file. */
	readonly instruction: Instruction | undefined;
}

const ownPattern = /^#[ \t]*whittle-ignore(-file)?(?![\w-])[ \t]*[:=]?((?:(?!(?<=[ \t])(?:--|[–—])).)*)/;
const hadolintPattern = /^#[ \t]*hadolint[ \t]+(global[ \t]+)?ignore[ \t]*=[ \t]*([A-Za-z0-9, \t]*)/;

/** The findings that no comment switches off, and one for every comment that switches nothing off. `active`: the rules that ran. */
export function suppress(file: Containerfile, found: readonly Reported[], active: readonly Rule[], unused: Severity | 'off' = 'hint'): readonly Reported[] {
	const ignores = readIgnores(file);
	if (ignores.length === 0) return found;
	const used = new Set<string>();
	const ignoresOf = ignoresBy(file, ignores);
	const kept = found.filter((finding) => {
		const hadolint = rules.find((rule) => rule.id === finding.rule)?.hadolint ?? [];
		const hits = ignoresOf(finding).flatMap((ignore) => ignore.ids.filter(({ id }) => (ignore.own ? id === finding.rule : hadolint.includes(id.toUpperCase()))));
		for (const { span } of hits) used.add(`${span.start}`);
		return hits.length === 0;
	});
	if (unused === 'off') return kept;
	const idle = ignores
		.filter(({ own }) => own)
		.flatMap(({ ids, comment }) => {
			if (ids.length === 0) return [nameless(comment, unused)];
			const prose = ids.findIndex(({ id }, index) => index > 0 && isProse(id));
			const idleOf = (named: Ignore['ids']) => named.flatMap((one) => idleIgnore(file, one, ids.length === 1 ? comment : undefined, used, active, unused));
			const first = ids[prose];
			if (first === undefined) return idleOf(ids);
			return [...idleOf(ids.slice(0, prose)), { rule: unusedIgnore.id, severity: unused, span: first.span, message: `${unknownRule(first.id)}; a reason is written after --` }];
		});
	return [...kept, ...idle];
}

/** A word that is no rule's id, nor near to one: most likely a reason without its `--`. */
function isProse(id: string): boolean {
	return !configurableIds.has(id) && nearest(id, configurableIds) === undefined;
}

function nameless(span: Span, severity: Severity): Reported {
	return { rule: unusedIgnore.id, severity, span, message: 'this comment ignores nothing, as it names no rule: # whittle-ignore RULE -- reason', fixes: [] };
}

/** The comments that hold for a finding. */
function ignoresBy({ instructions }: Containerfile, ignores: readonly Ignore[]): (finding: Reported) => readonly Ignore[] {
	const everywhere = ignores.filter(({ scope }) => scope === 'file');
	const byInstruction = new Map<Instruction | undefined, Ignore[]>();
	for (const ignore of ignores) {
		const same = byInstruction.get(ignore.instruction);
		if (same) same.push(ignore);
		else byInstruction.set(ignore.instruction, [ignore]);
	}
	return ({ span }) => {
		const at = instructions[firstFrom(instructions, span.start + 1, (one) => one.span.start) - 1];
		return [...everywhere, ...((at && span.start <= at.span.end && byInstruction.get(at)) || [])];
	};
}

function idleIgnore(
	file: Containerfile,
	{ id, span }: Ignore['ids'][number],
	alone: Span | undefined,
	used: ReadonlySet<string>,
	active: readonly Rule[],
	severity: Severity,
): readonly Reported[] {
	const known = rules.some((rule) => rule.id === id);
	if (used.has(`${span.start}`) || (known && !active.some((rule) => rule.id === id))) return [];
	const message = known
		? `this comment ignores ${id}, which finds nothing here`
		: id === unusedIgnore.id
			? `no comment ignores ${id}; its level is set in the configuration`
			: unknownRule(id);
	const line = alone && wholeLine(file.text, alone);
	// At the end of the file the line break belongs to what stands before; at its top a comment that moves up may become a directive.
	const fixes =
		line && known && line.end < file.text.length && !(isOnTop(file, line) && /^[ \t]*#[ \t]*\w+[ \t]*=/.test(file.text.slice(line.end)))
			? [{ title: 'Remove the comment', applicability: 'review' as const, edits: [{ span: line, text: '' }] }]
			: [];
	return [{ rule: unusedIgnore.id, severity, span, message, fixes }];
}

function isOnTop(file: Containerfile, at: Span): boolean {
	return !file.instructions.some(({ span }) => span.start < at.start);
}

/** The lines of a comment with their line break, so that removing them leaves no blank line. */
function wholeLine(text: string, at: Span): Span {
	const start = text.lastIndexOf('\n', at.start - 1) + 1;
	const end = text.indexOf('\n', at.end);
	return { start: text.charCodeAt(start) === 0xfeff ? start + 1 : start, end: end < 0 ? text.length : end + 1 };
}

function readIgnores(file: Containerfile): readonly Ignore[] {
	const isIgnore = (comment: Span) => /^#[ \t]*(?:whittle-ignore|hadolint)/.test(file.text.slice(comment.start, comment.end));
	const inside = file.instructions.flatMap((instruction) =>
		[...instruction.comments, ...commentsOfScript(file, instruction)].filter(isIgnore).map((comment) => ({ comment, instruction })),
	);
	const above = file.comments.filter(isIgnore).map((comment) => ({ comment, instruction: file.instructions[firstFrom(file.instructions, comment.end, ({ span }) => span.start)] }));
	return [...above, ...inside].flatMap(({ comment, instruction }) => {
		const text = file.text.slice(comment.start, comment.end).trimEnd();
		const match = ownPattern.exec(text) ?? hadolintPattern.exec(text);
		if (!match) return [];
		const list = match[2] ?? '';
		const listAt = comment.start + match[0].length - list.length;
		const ids = [...list.matchAll(/[A-Za-z0-9][\w-]*/g)].map(({ 0: id, index }) => ({ id, span: { start: listAt + index, end: listAt + index + id.length } }));
		const scope: IgnoreScope = match[1] ? 'file' : 'here';
		return [{ comment, ids, scope, own: ownPattern.test(text), instruction: scope === 'file' ? undefined : instruction }];
	});
}

/** The comment lines of a script that is written as here-documents (`RUN <<EOF`); those of a COPY are content of its file. */
function commentsOfScript(file: Containerfile, { bare, script, heredocs }: Instruction): readonly Span[] {
	if (bare !== true || script === undefined) return [];
	return heredocs.flatMap(({ body }) =>
		[...file.text.slice(body.start, body.end).matchAll(/^[ \t]*(#.*)$/gm)].map(({ 0: line, 1: comment = '', index }) => {
			const end = body.start + index + line.length;
			return { start: end - comment.length, end };
		}),
	);
}

/** The edit that writes `# whittle-ignore RULE` above the instruction at `offset` (or adds to the one that is there), or `# whittle-ignore-file RULE` below the parser directives. */
export function ignoreEdit(text: string, rule: string, offset: number, scope: IgnoreScope): Edit {
	const file = parseContainerfile(text);
	const instruction =
		file.instructions.find(({ span }) => span.start <= offset && offset <= span.end) ?? file.instructions.find(({ span }) => span.start > offset) ?? file.instructions.at(-1);
	const there = readIgnores(file).find(
		(ignore) => ignore.own && ignore.ids.length > 0 && ignore.scope === scope && (scope === 'file' || (ignore.instruction !== undefined && ignore.instruction === instruction)),
	);
	const last = there?.ids.at(-1);
	if (last) return { span: { start: last.span.end, end: last.span.end }, text: `, ${rule}` };
	if (scope === 'here' && instruction) {
		const at = instruction.span.start;
		const indent = /[ \t]*$/.exec(text.slice(0, at))?.[0] ?? '';
		return { span: { start: at, end: at }, text: `# whittle-ignore ${rule}${file.newline}${indent}` };
	}
	const directive = file.directives.at(-1);
	const end = directive ? file.text.indexOf('\n', directive.span.end) : -1;
	const at = directive ? (end < 0 ? file.text.length : end + 1) : file.text.startsWith('\uFEFF') ? 1 : 0;
	return { span: { start: at, end: at }, text: `# whittle-ignore${scope === 'file' ? '-file' : ''} ${rule}${file.newline}` };
}
