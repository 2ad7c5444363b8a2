import { findStage } from '../model/basics/references';
import type { Context } from '../model/context/context';
import { isNamedElsewhere } from '../model/files/namedElsewhere';
import { isFolderCertain, isNewFolder } from '../model/files/newFolders';
import { mentions, placedCommands } from '../model/files/placedCommands';
import type { CopiedPackage } from '../model/layers/copiedPackages';
import { type Model, stageOf } from '../model/stages/model';
import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Fix } from './advice';
import { headOf } from './attachedComments';
import { removeInstruction } from './instructions';

/**
 * Lends a copied file to the one RUN that uses it instead of copying it. Undefined where anything else names it or its folder, where the COPY does more, or where
 * the RUN does more with it than to read it.
 */
export function mountInstead(model: Model, { by, source, path, isFolder, run, command, isRemoved }: CopiedPackage, { builder }: Context): Fix | undefined {
	const { file } = model;
	const stage = stageOf(model, run);
	if (isRemoved || by.keyword !== 'COPY' || by.words.length !== 2 || by.exec || by.comments.length > 0 || source.value === undefined || by.stage !== run.stage) return undefined;
	if (/[*?[\s,"'\\]/.test(source.value) || /[\s,"'\\$]/.test(path) || run.instruction.exec || !run.instruction.script || run.instruction.script.broken) return undefined;
	if (!by.words.at(-1)?.value?.startsWith('/') && !isFolderCertain(model, stage, stage.stage.instructions.indexOf(by))) return undefined;
	const [flag, ...more] = by.flags;
	if (more.length > 0 || (flag && (flag.name !== 'from' || flag.value === undefined || /^\d+$/.test(flag.value) || findStage(file, flag.value, by.stage) === undefined)))
		return undefined;
	const name = path.replace(/^.*\//, '');
	const isOther = (one: Instruction) => one !== run.instruction;
	if (isNamedElsewhere(model, name, by, isOther) || (isFolder && isNamedElsewhere(model, path, by, isOther))) return undefined;
	const others = placedCommands(run).filter((one) => one !== command && mentions(one, run, name));
	if (others.length > 0 || run.mounts.length > 0 || !isNewFolder(model, stage, by, isFolder ? path : path.replace(/\/[^/]*$/, '') || '/', [run.instruction])) return undefined;
	if (/^(?:\.?\/)*\.\.(?:\/|$)/.test(source.value) || hasOldSyntax(file)) return undefined;
	// A comment right above the COPY goes on to speak of the RUN, but of nothing else.
	const next = file.instructions[file.instructions.indexOf(by) + 1];
	if (headOf(file, by) < by.span.start && next !== run.instruction) return undefined;
	const removal = removeInstruction(file, by);
	if (!removal) return undefined;
	const from = flag ? `,from=${flag.value}` : '';
	const taken = flag ? source.value : source.value.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
	// podman reads files of the build's folder under SELinux only with `z`, which BuildKit does not know.
	const label = !flag && builder.kind === 'podman' ? ',z' : '';
	const at = { start: run.instruction.keywordSpan.end, end: run.instruction.keywordSpan.end };
	return {
		title: `Mount ${source.text} in the RUN that uses it instead of copying it`,
		applicability: 'review',
		edits: [removal, { span: at, text: ` --mount=type=bind${from},source=${taken},target=${path}${label}` }],
	};
}

/** Whether the file asks for a frontend that has no mounts yet: they came with 1.2. */
function hasOldSyntax({ directives }: Containerfile): boolean {
	return directives.some(({ name, value }) => name === 'syntax' && /dockerfile:1\.[01](?:\.|$)/.test(value));
}
