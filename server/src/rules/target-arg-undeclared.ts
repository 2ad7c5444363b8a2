import { declareBefore, declareFirst } from '../advice/declare';
import { assignmentsOf } from '../model/basics/references';
import { automaticVariables } from '../model/catalog/platforms';
import { isOlder } from '../model/context/context';
import type { Model } from '../model/stages/model';
import { isDeclaredAt, type PlatformUse, platformUses } from '../model/stages/platformVariables';
import type { Containerfile, Instruction, Stage } from '../syntax/containerfile';
import type { Rule } from './rule';

/** A stage uses a variable of the platform that no ARG in it declares. */
export const targetArgUndeclared: Rule = {
	id: 'target-arg-undeclared',
	title: 'A platform’s variable is used without an ARG',
	severity: 'warning',
	concerns: 'build',
	fixable: 'suggested',
	docs: {
		why: 'Builders know TARGETARCH, TARGETPLATFORM, BUILDPLATFORM and their like by themselves, but a stage sees them only behind an `ARG TARGETARCH` of its own (or of the stage it is built on). Without it the value is empty: a download fails, or the same thing is built for every platform. An ARG before the first FROM counts for FROM alone.',
		before: 'FROM debian:12\nADD https://dl.k8s.io/release/v1.31.0/bin/linux/${TARGETARCH}/kubectl /usr/local/bin/kubectl\n',
		after: 'FROM debian:12\nARG TARGETARCH\nADD https://dl.k8s.io/release/v1.31.0/bin/linux/${TARGETARCH}/kubectl /usr/local/bin/kubectl\n',
		links: ['https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope'],
	},
	*check(model, { builder }) {
		const { file } = model;
		const globals = new Map(
			file.instructions.filter(({ keyword, stage }) => keyword === 'ARG' && stage < 0).flatMap((one) => assignmentsOf(one).map(([name]) => [name, one] as const)),
		);
		for (const { stage } of model.stages) {
			if (isOlder(builder, [5, 2])) for (const use of selecting(stage)) if (!globals.has(use.name)) yield undeclaredInFrom(file, use);
			for (const { use, instruction } of undeclaredIn(model, stage)) {
				const global = globals.get(use.name);
				const { name, fallback, span } = use;
				const why = global ? 'the ARG before the first FROM counts for FROM alone' : 'no ARG of this stage declares it';
				yield {
					span,
					message: fallback ? `${name} is never set here, so that this is always ${fallback}: ${why}` : `${name} is empty here: ${why}`,
					...(global ? { related: [{ span: global.span, message: `${name} is declared for FROM here` }] } : {}),
					fixes: [{ title: `Declare ARG ${name} in this stage`, applicability: 'suggested', edits: [declareBefore(file, instruction, name)] }],
				};
			}
		}
	},
};

/** The first use of each variable in a stage; an instruction after which it is declared does not count. */
function undeclaredIn(model: Model, { instructions }: Stage): readonly { readonly use: PlatformUse; readonly instruction: Instruction }[] {
	const first = new Map<string, { readonly use: PlatformUse; readonly instruction: Instruction }>();
	for (const instruction of instructions) {
		if (instruction.onbuild) continue;
		for (const use of platformUses(model.file, instruction)) if (!first.has(use.name) && !isDeclaredAt(model, instruction, use.name)) first.set(use.name, { use, instruction });
	}
	return [...first.values()];
}

/** The variables by which a FROM selects an image or a stage; one with a default says what holds without it. */
function selecting({ image }: Stage): readonly PlatformUse[] {
	return [...(image?.text ?? '').matchAll(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)].flatMap(({ 0: all, 1: plain, 2: braced, index }) => {
		const name = plain ?? braced ?? '';
		const start = (image?.span.start ?? 0) + index;
		return automaticVariables.has(name) ? [{ name, span: { start, end: start + all.length }, fallback: undefined }] : [];
	});
}

/** Built with podman 4.3.1 and buildah 1.26 to 1.43: without the ARG the name is empty or that of the machine that builds, up to podman 5.1. */
function undeclaredInFrom(file: Containerfile, { name, span }: PlatformUse) {
	return {
		span,
		message: `podman before 5.2 does not know the platform’s ${name} here without an ARG before the first FROM`,
		fixes: [{ title: `Declare ARG ${name} before the first FROM`, applicability: 'suggested' as const, edits: [declareFirst(file, name)] }],
		rewrites: ['portable-platform-stages'],
	};
}
