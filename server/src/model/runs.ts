import type { Containerfile, Flag, Instruction, Stage } from '../syntax/containerfile';
import type { BaseImage } from './catalog/baseImage';
import { hasErrexit } from './errexit';
import { expand, type Variables } from './expand';
import { unwrap } from './invocation';
import type { Mount, Run } from './model';
import { readOperation } from './operation';
import { absolutePath, normalizePath } from './paths';
import { assignmentsOf } from './references';

/** What is in force at a place of a stage. */
export interface Surroundings {
	readonly variables: Variables;
	readonly cwd: string | undefined;
	/** See Run. */
	readonly stopsAtFailure: boolean;
	/** See Run; of SHELL alone. */
	readonly readsStartupFiles: boolean;
}

/** Reads the RUNs of a stage, and what a stage built on it starts with. */
export function readRuns(
	file: Containerfile,
	stage: Stage,
	start: Surroundings,
	image: BaseImage | undefined,
	globals: Variables,
): { readonly runs: readonly Run[]; readonly surroundings: Surroundings } {
	const runs: Run[] = [];
	let { variables, cwd, stopsAtFailure, readsStartupFiles } = start;
	stage.instructions.forEach((instruction, position) => {
		if (instruction.onbuild) return;
		if (instruction.keyword === 'ENV' || instruction.keyword === 'ARG') {
			const next = new Map(variables);
			for (const [name, value] of assignmentsOf(instruction)) {
				if (instruction.keyword === 'ARG' && value === undefined) next.set(name, globals.get(name) ?? next.get(name));
				else next.set(name, value === undefined ? undefined : expand(value, variables));
			}
			variables = next;
		} else if (instruction.keyword === 'WORKDIR') {
			const path = expand(instruction.words[0]?.value ?? instruction.words[0]?.text ?? '', variables);
			cwd = path === undefined ? undefined : absolutePath(path, cwd);
		} else if (instruction.keyword === 'SHELL') {
			const options = (instruction.exec ?? []).slice(1).map((word) => word.value ?? '');
			stopsAtFailure = hasErrexit(options);
			readsStartupFiles = options.some((option) => /^-[a-z]*[li]|^--(?:login|rcfile|init-file)$/.test(option));
		} else if (instruction.keyword === 'RUN') {
			const invocations = (instruction.script?.commands ?? []).map(unwrap);
			const operations = invocations.flatMap((invocation) => readOperation(invocation, image?.programs) ?? []);
			runs.push({
				instruction,
				stage: stage.index,
				position,
				mounts: mountsOf(instruction, variables),
				invocations,
				operations,
				variables,
				cwd,
				stopsAtFailure,
				readsStartupFiles: readsStartupFiles || variables.has('BASH_ENV') || variables.has('ENV'),
				text: file.text.slice(instruction.span.start, instruction.span.end),
			});
		}
	});
	return { runs, surroundings: { variables, cwd, stopsAtFailure, readsStartupFiles } };
}

function mountsOf(instruction: Instruction, variables: Variables): readonly Mount[] {
	return instruction.flags.flatMap((flag) => (flag.name === 'mount' ? [mountOf(flag, variables)] : []));
}

function mountOf(flag: Flag, variables: Variables): Mount {
	const fields = new Map((flag.value ?? '').split(',').map((field) => [field.split('=')[0]?.trim().toLowerCase() ?? '', field.slice(field.indexOf('=') + 1)] as const));
	const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination');
	const known = target === undefined ? undefined : expand(target, variables);
	return { type: fields.get('type') ?? 'bind', target: known === undefined ? undefined : normalizePath(known, '/') };
}
