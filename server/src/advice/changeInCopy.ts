import { related } from '../model/basics/paths';
import { placedCommands, symbolicPath, symbolicValue } from '../model/files/placedCommands';
import type { ChangedFiles } from '../model/layers/changedFiles';
import { isExactCopy } from '../model/layers/copyTarget';
import { mergeableRow } from '../model/layers/mergeable';
import type { Model } from '../model/stages/model';
import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import type { Word } from '../text/span';
import type { Fix } from './advice';
import { headOf } from './attachedComments';
import { removeInstruction } from './instructions';
import { mergeRuns } from './mergeRuns';

/**
 * Lets the layer that writes files give them their owner and mode: by a flag of the COPY or ADD, or in one RUN with what fetched them. Undefined where the image
 * would not be exactly the same otherwise.
 */
export function changeInCopy(model: Model, changed: ChangedFiles): Fix | undefined {
	const { change, earlier, command, run } = changed;
	const { to, program } = change;
	if (earlier.every((one) => one.run)) return mergedRuns(model, changed);
	// The owner of what is mounted may matter to a later build, and another change of the same files would write them once more all the same.
	if (run.mounts.length > 0 || isChangedAgain(changed)) return undefined;
	if (!to || (program !== 'chown' && program !== 'chmod') || change.targets.length !== 1 || !command.invocation.command.topLevel) return undefined;
	const copies = earlier.map(({ by }) => by);
	const value = program === 'chown' ? ownerOf(to, copies) : modeOf(to, copies);
	const [copy, ...more] = copies;
	if (!copy) return undefined;
	if (value === undefined) return more.length === 0 ? executableDownload(model, changed, copy) : undefined;
	if (!isExactCopy(model, changed)) return undefined;
	const flags = copies.map((one) => flagBefore(one, `--${program}=${value}`));
	const rest = change.recursive ? withoutOption(model.file, change.options) : removeInstruction(model.file, run.instruction);
	if (!rest || (!change.recursive && !isAlone(model.file, run.instruction))) return undefined;
	return { title: `Add --${program}=${value} to ${copies.length > 1 ? 'each COPY' : copy.keyword}`, applicability: 'suggested', edits: [...flags, rest] };
}

/** One RUN of all from the one that wrote the files to the one that changes them, where they can be merged. */
function mergedRuns(model: Model, { earlier, run }: ChangedFiles): Fix | undefined {
	const first = earlier.map((one) => one.run).sort((a, b) => (a?.position ?? 0) - (b?.position ?? 0))[0];
	const row = first && earlier.every((one) => one.run?.stage === run.stage) ? mergeableRow(model, first, run) : undefined;
	return (
		row && {
			title: `Merge ${row.length} RUNs, so that the files are changed before their layer is done`,
			applicability: 'suggested',
			edits: mergeRuns(
				model.file,
				row.map(({ instruction }) => instruction),
			),
		}
	);
}

/** ADD gives what it fetches the mode 600, and it is to be executable: everybody may read it then too, which is why a person looks first. */
function executableDownload(model: Model, changed: ChangedFiles, copy: Instruction): Fix | undefined {
	const { change, run } = changed;
	if (copy.keyword !== 'ADD' || change.program !== 'chmod' || !/^a?\+r?x$/.test(change.to?.value ?? '') || !isAlone(model.file, run.instruction) || !isExactCopy(model, changed))
		return undefined;
	const rest = removeInstruction(model.file, run.instruction);
	return rest && { title: 'Add --chmod=755 to ADD', applicability: 'review', edits: [flagBefore(copy, '--chmod=755'), rest] };
}

/** The owner for `--chown`; undefined where a group is not said and not known, or where it is not exactly the same. */
function ownerOf({ value }: Word, copies: readonly Instruction[]): string | undefined {
	const match = /^([A-Za-z_]\w*(?:-\w+)*|\d+)(:(?:[A-Za-z_]\w*(?:-\w+)*|\d+))?$/.exec(value ?? '');
	if (!match) return undefined;
	if (match[2] !== undefined) return match[0];
	// Without a group chown leaves it alone: that of what comes from the build's folder is 0, and --chown would take the user's number.
	return copies.some(({ flags }) => flags.some(({ name }) => name === 'from')) ? undefined : `${match[1]}:0`;
}

/** Octal modes alone: buildah takes no others (containers/buildah#6066), BuildKit since 1.14 of its frontend. */
function modeOf({ value = '' }: Word, copies: readonly Instruction[]): string | undefined {
	// What ADD fetches has the mode 600.
	if (/^u\+r?w?x$/.test(value) && copies.every(({ keyword }) => keyword === 'ADD')) return '700';
	return /^0?[0-7]{3}$/.test(value) ? value : undefined;
}

function flagBefore({ keywordSpan, words }: Instruction, flag: string): Edit {
	const at = words[0]?.span.start ?? keywordSpan.end;
	return { span: { start: at, end: at }, text: `${flag} ` };
}

/** Takes `-R` away, with the blanks behind it. */
function withoutOption({ text }: Containerfile, options: readonly Word[]): Edit | undefined {
	const [option, ...more] = options;
	if (!option || more.length > 0 || !/^(?:-R|--recursive)$/.test(option.text)) return undefined;
	const line = text.slice(text.lastIndexOf('\n', option.span.start - 1) + 1, option.span.start);
	const isFirst = /^[ \t]*$/.test(line);
	// What is left of a line of its own would be a lone continuation, or none where one is needed.
	if (isFirst && /^[ \t]*(?:[\\`][ \t]*)?(?:\r?\n|$)/.test(text.slice(option.span.end))) return undefined;
	const blanks = /^[ \t]+/.exec(text.slice(option.span.end))?.[0];
	if (blanks) return { span: { start: option.span.start, end: option.span.end + blanks.length }, text: '' };
	const before = /[ \t]+$/.exec(line)?.[0] ?? '';
	return before === '' ? undefined : { span: { start: option.span.start - before.length, end: option.span.end }, text: '' };
}

/** Whether a later command of the RUN changes the files, too. */
function isChangedAgain({ run, command, paths }: ChangedFiles): boolean {
	const commands = placedCommands(run);
	return commands.slice(commands.indexOf(command) + 1).some(({ invocation: { program = '', args }, cwd }) => {
		if (!/^(?:chown|chmod|chgrp|setfacl|find|xargs)$/.test(program)) return false;
		if (!/^(?:find|xargs)$/.test(program) && !args.some(({ text }) => /^-[a-zA-Z]*R|^--recursive$/.test(text))) return false;
		return args.some((word) => {
			const value = symbolicValue(word, run);
			return value === undefined || paths.some((path) => related(path, symbolicPath(value, cwd)));
		});
	});
}

/** Whether a RUN is nothing but one command, with no comment right above it that would stay without it. */
function isAlone(file: Containerfile, instruction: Instruction): boolean {
	const { script, heredocs, flags, span } = instruction;
	if (headOf(file, instruction) < span.start) return false;
	return script?.statements.length === 1 && script.commands.length === 1 && heredocs.length === 0 && flags.length === 0 && script.commands[0]?.redirects.length === 0;
}
