import { firstFrom, within } from '../../text/span';
import { remember } from '../basics/remember';
import { goesTooFar, isCutOff } from '../commands/brokenLines';
import { type Model, type Run, type StageModel, stageOf } from '../stages/model';
import { needsNewContainer } from './nextContainer';
import { type StepKind, stepKind } from './step';

/** Commands that change the shell which the next command of the same RUN would find, or that leave something running. */
const changesShell = new Set(
	'export set umask trap exec exit return source . cd pushd popd eval alias unalias shopt ulimit unset declare local typeset readonly wait let read getopts mapfile readarray enable hash builtin service systemctl initctl supervisord nohup disown bg fg jobs logout break continue newgrp su screen tmux'.split(
		' ',
	),
);

/** What would go on running in the commands of the next RUN. */
const startsDaemon = /^(?:re)?start$|^--(?:fork|daemon(?:ize)?|detach)\b|^-detached$/;

/** Comments that a tool reads at the place where they stand. */
const directive = /^#[ \t]*(?:whittle|hadolint|checkov|tally|trivy|kics|semgrep|nosemgrep|shellcheck|dockle|dive|noqa|docker-?lint|check)\b/i;

/** Whether two RUNs that follow each other do the same when they are joined by `&&`, in the shell's state, at a failure and in what the image holds. */
export function areMergeable(model: Model, a: Run, b: Run): boolean {
	const { file } = model;
	if (a.stage !== b.stage || b.position !== a.position + 1) return false;
	if (!leavesShellAlone(model, a) || !leavesShellAlone(model, b) || flagsOf(model, a) !== flagsOf(model, b)) return false;
	if (isCutOff(file, b.instruction) || b.stopsAtFailure) return false;
	const last = a.instruction.script?.statements.at(-1);
	const [first, ...rest] = b.instruction.script?.statements ?? [];
	if (!last || !first || last.joiner !== undefined || file.text.slice(last.span.end, a.instruction.span.end).trim() !== '') return false;
	if (b.instruction.script?.statements.some(({ joiner }, index) => joiner !== (index === rest.length ? undefined : '&&'))) return false;
	if (!onlyContinues(model, b, first.span.start)) return false;
	const between = within(file.comments, { start: a.instruction.span.end, end: b.instruction.span.start });
	return !between.some((comment) => directive.test(file.text.slice(comment.start, comment.end))) && !replacesItself(a, b) && !needsNewContainer(model, a, b);
}

function leavesShellAlone({ file }: Model, { instruction, invocations }: Run): boolean {
	const { script } = instruction;
	if (!script || script.broken || instruction.exec || instruction.heredocs.length > 0 || script.statements.length === 0 || script.assigns.length > 0) return false;
	if (goesTooFar(file, instruction)) return false;
	const text = file.text.slice(script.span.start, script.span.end);
	if (/\$[?!$_-](?!\w)|\$\{\w+:?=/.test(text)) return false;
	const compound = script.statements.filter(({ kind }) => kind === 'compound').map(({ span }) => file.text.slice(span.start, span.end));
	if (script.statements.some(({ joiner, kind }) => joiner === '&' || kind === 'function') || compound.some((one) => /(?<![&>|<\d])&(?![&>])/.test(one))) return false;
	return invocations.every(({ command, program, args, within }) => {
		// What a shell of its own changes in itself ends with it.
		if (within) return !args.some((word) => startsDaemon.test(word.text));
		if (command.words.length === 0) return command.assignments.length === 0;
		const name = command.words[0]?.value;
		if (args.some((word) => startsDaemon.test(word.text))) return false;
		return name !== undefined && program !== undefined && !changesShell.has(name) && !changesShell.has(program) && !/^\/etc\/(?:rc\.d\/)?init\.d\//.test(name);
	});
}

function flagsOf({ file }: Model, { instruction }: Run): string {
	return instruction.flags.map(({ span }) => file.text.slice(span.start, span.end)).join(' ');
}

/** Nothing but continuations and comment lines before its first command. */
function onlyContinues({ file }: Model, { instruction }: Run, start: number): boolean {
	let at = instruction.args.start;
	let rest = '';
	for (const comment of instruction.comments) {
		if (comment.start < at || comment.end > start) continue;
		rest += file.text.slice(at, comment.start);
		at = comment.end;
	}
	return /^(?:\s|[\\`](?=\s))*$/.test(rest + file.text.slice(at, start));
}

/** A shell remembers where it found a program: after `pip install --upgrade pip` the same shell would start the old one again. */
function replacesItself(a: Run, b: Run): boolean {
	return a.operations.some(
		({ action, operands, program }) =>
			(action === 'install' || action === 'upgrade') &&
			operands.some((word) => /^(?:pip|setuptools|npm|yarn|pnpm|corepack)\b/.test(word.value ?? '')) &&
			b.invocations.some((invocation) => invocation.program === program || operands.some((word) => word.value?.split(/[@=<>]/)[0] === invocation.program)),
	);
}

/** The RUNs from one to a later one of its stage where all of them follow each other and can be one; undefined where they cannot. */
export function mergeableRow(model: Model, first: Run, last: Run): readonly Run[] | undefined {
	const { runs } = stageOf(model, first);
	const [from, to] = [first, last].map((run) => firstFrom(runs, run.position, ({ position }) => position)) as [number, number];
	const heads = headsOf(model)(stageOf(model, first));
	return first.stage === last.stage && from < to && heads[from] === heads[to] ? runs.slice(from, to + 1) : undefined;
}

/** For each RUN of a stage the index of the first of those before it that can be one with it. */
const headsOf = remember((model: Model) =>
	remember(({ runs }: StageModel): readonly number[] => {
		const heads: number[] = [];
		for (const [index, run] of runs.entries()) heads.push(index > 0 && areMergeable(model, runs[index - 1] as Run, run) ? (heads[index - 1] as number) : index);
		return heads;
	}),
);

/** The longest rows of RUNs of a stage that can be one, two and more; the border between installing dependencies and building sources parts them. */
export function mergeableRows(model: Model, stage: StageModel): readonly (readonly Run[])[] {
	const rows: Run[][] = [];
	let kind: StepKind = 'neither';
	for (const run of stage.runs) {
		const row = rows.at(-1);
		const last = row?.at(-1);
		const own = stepKind(run);
		if (row && last && areMergeable(model, last, run) && (own === 'neither' || kind === 'neither' || own === kind)) row.push(run);
		else {
			rows.push([run]);
			kind = 'neither';
		}
		if (kind === 'neither') kind = own;
	}
	return rows.filter((row) => row.length > 1);
}
