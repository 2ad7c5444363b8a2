import type { Finding } from '../advice/advice';
import { type Builder, isOlder } from '../model/context/context';
import type { Model, StageModel } from '../model/stages/model';
import type { Instruction } from '../syntax/containerfile';
import type { Rule } from './rule';

/** An instruction of which nothing is left in podman's own image format. */
export const ociFormatDrops: Rule = {
	id: 'oci-format-drops',
	title: 'Podman’s image format drops an instruction',
	severity: 'hint',
	concerns: 'image',
	fixable: 'no',
	docs: {
		why: 'Podman makes images in OCI format unless it is told otherwise, and that format has no place for HEALTHCHECK, ONBUILD and SHELL: they are dropped with a warning. Before podman 6.0 SHELL does not even hold for the RUNs that follow it, which `/bin/sh` runs then, without the `pipefail` that was asked for. `--format docker` (the setting `whittle.build.format`) keeps all three. Only told where the builder is said to be podman.',
		before: 'FROM fedora:42\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl https://example.org/list | sort > /list\nHEALTHCHECK CMD curl -f http://localhost/\n',
		links: ['https://docs.podman.io/en/latest/markdown/podman-build.1.html#format', 'https://github.com/containers/buildah/blob/main/config.go'],
	},
	*check(model, { builder, format }) {
		if (builder.kind !== 'podman' || format === 'docker') return;
		for (const stage of model.stages) yield* shells(model, stage, builder);
		const { target } = model;
		if (!target) return;
		const instructions = target.chain.flatMap((index) => model.stages[index]?.stage.instructions ?? []);
		const check = instructions.findLast(({ keyword, onbuild }) => keyword === 'HEALTHCHECK' && !onbuild);
		// Nothing is lost with NONE: no check of the base survives either.
		if (check && check.words[0]?.text.toUpperCase() === 'CMD') yield dropped(check, 'HEALTHCHECK', 'nothing checks the container');
		const builtOn = new Set(model.stages.flatMap(({ base }) => (base.kind === 'stage' ? [base.index] : [])));
		const onbuild = model.file.instructions.find((one) => one.onbuild && (one.stage === target.index || builtOn.has(one.stage)));
		if (onbuild) yield dropped(onbuild, 'ONBUILD', 'builds on this image do not run it');
	},
};

function dropped({ span, keywordSpan, onbuild }: Instruction, name: string, cost: string): Finding {
	const place = onbuild ? { start: span.start, end: span.start + 'ONBUILD'.length } : keywordSpan;
	return { span: place, message: `podman drops ${name} from images in OCI format, its own: ${cost}, unless it is built with --format docker` };
}

/**
 * SHELLs that RUNs count on. Source: buildah, imagebuildah/stage_executor.go, where up to 1.43 SHELL is only used in docker format; 1.44 is in podman 6.0. Tried
 * with podman 4.3.1.
 */
function* shells({ stages }: Model, { stage, index, family }: StageModel, builder: Builder): Iterable<Finding> {
	let shell: Instruction | undefined;
	for (const instruction of stage.instructions) {
		const { keyword, onbuild, keywordSpan: span } = instruction;
		if (onbuild) continue;
		if (keyword === 'SHELL') shell = isUsual(instruction, family) ? undefined : instruction;
		else if (isShells(instruction) && shell && isOlder(builder, [6, 0])) {
			yield { span: shell.keywordSpan, message: unheeded, related: [{ span, message: 'run by /bin/sh' }] };
			return;
		}
	}
	const heir = shell && stages.find(({ base, stage: { instructions } }) => base.kind === 'stage' && base.index === index && firstOf(instructions)?.keyword === 'RUN');
	const run = heir && firstOf(heir.stage.instructions);
	if (!shell || !run) return;
	const message = 'podman drops SHELL from images in OCI format, its own, and the stage that is built on this one runs /bin/sh, unless it is built with --format docker';
	yield { span: shell.keywordSpan, message, related: [{ span: run.keywordSpan, message: 'run by /bin/sh' }] };
}

const unheeded = 'podman before 6.0 runs these RUNs with /bin/sh all the same where it builds in OCI format, its own: build with --format docker';

/** The first instruction that a shell runs, or that names one. */
function firstOf(instructions: readonly Instruction[]): Instruction | undefined {
	return instructions.find((one) => !one.onbuild && (one.keyword === 'SHELL' || isShells(one)));
}

/** Whether it is a RUN that a POSIX shell reads. */
function isShells({ keyword, exec, script }: Instruction): boolean {
	return keyword === 'RUN' && !exec && script !== undefined;
}

/** What holds without it, too: /bin/sh is bash where packages are RPMs. */
function isUsual({ exec }: Instruction, family: StageModel['family']): boolean {
	const [shell, option, ...more] = exec?.map(({ value }) => value) ?? [];
	return option === '-c' && more.length === 0 && (/^(?:\/usr)?\/bin\/sh$|^sh$/.test(shell ?? '') || (family === 'rpm' && /(?:^|\/)bash$/.test(shell ?? '')));
}
