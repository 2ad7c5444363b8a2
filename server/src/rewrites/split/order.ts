import { related } from '../../model/basics/paths';
import type { Refusal } from '../rewrite';
import type { Shop } from './ecosystem';
import { isTemporary } from './folders';
import { destinationOf, workdirAt } from './sources';

/** What stands against dividing a stage whatever its language is: a refusal at the first of it. */
export function refuseOrder(shop: Shop): Refusal | undefined {
	const { model, stage, last, roots, starts, acts } = shop;
	const { from, instructions, name } = stage.stage;
	const text = (span: { readonly start: number; readonly end: number }) => model.file.text.slice(span.start, span.end);
	const behind = model.stages.find(({ index }) => index > stage.index);
	if (behind) return { because: 'another stage follows, which may count on this one as it is', span: behind.stage.from.span };
	const onbuild = instructions.find((instruction) => instruction.onbuild);
	if (onbuild) return { because: 'images built on this one run ONBUILD there, and find no compilers', span: onbuild.span };
	const main = starts.filter(({ instruction }) => instruction.keyword !== 'HEALTHCHECK');
	if (main.length === 0 || main.every(({ programs }) => programs.length === 0))
		return { because: 'neither CMD nor ENTRYPOINT says what the image starts, so what has to be in it is not known', span: from.span };
	const shell = main.find(
		({ argv, programs, instruction: { args } }) =>
			(argv?.length === 1 && /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/.test(programs[0] ?? '')) ||
			/(?:&&|;|\|)\s*(?:exec\s+)?(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh["'\]\s]*$/.test(text(args)),
	);
	if (shell) return { because: 'it starts a shell, so what people call in it is not known', span: shell.instruction.span };

	for (const [position, instruction] of instructions.entries()) {
		const { keyword, span } = instruction;
		if (keyword === 'VOLUME' && position < last) {
			const volumes = (instruction.exec ?? instruction.words).map(({ value }) => value ?? '/');
			if (volumes.some((volume) => roots.some((root) => related(root, volume))))
				return { because: 'what is built below a volume is lost with some builders; declare VOLUME behind the RUNs', span };
		}
		if (keyword !== 'COPY' && keyword !== 'ADD') continue;
		const destination = destinationOf(instruction, workdirAt(stage, position));
		if (position <= last && destination === undefined) return { because: 'it is not known before the build where this is copied to', span };
		if (instruction.flags.some((flag) => flag.name === 'from' && flag.value?.toLowerCase() === name && name !== undefined)) return { because: 'it copies from itself', span };
	}
	const usesTemporary = [...starts.map(({ instruction }) => instruction), ...instructions.filter(({ keyword }, at) => (keyword === 'RUN' && at > last) || keyword === 'ENV')].find(
		({ span }) => /(?:\/var)?\/tmp\/\w/.test(text(span)),
	);
	const fillsTemporary =
		instructions.some((instruction, at) => at <= last && /^(?:COPY|ADD)$/.test(instruction.keyword) && isTemporary(destinationOf(instruction, workdirAt(stage, at)) ?? '/')) ||
		acts.some(({ effect }) => effect.kind === 'make' && effect.writes.some(isTemporary));
	if (usesTemporary && fillsTemporary) return { because: 'it looks into /tmp, which is left behind in the builder', span: usesTemporary.span };
	return refuseOwners(shop);
}

/** A user without a number of his own may get another one in the other stage: then no file may be his before the copy. */
function refuseOwners({ acts, stage, last, model }: Shop): Refusal | undefined {
	const { instructions } = stage.stage;
	for (const { effect, invocation, run } of acts) {
		if (effect.kind !== 'user' || effect.numbered || run.position > last) continue;
		const named = new RegExp(`(?:^|[\\s=:."'])(?:${effect.names.map((name) => name.replace(/[^\w-]/g, '.')).join('|')})(?:$|[\\s:."'])`);
		const mentions = instructions.some((instruction, at) => {
			if (at > last) return false;
			const own = model.file.text.slice(instruction.span.start, instruction.span.end);
			if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') return instruction.flags.some((flag) => flag.name === 'chown' && named.test(flag.value ?? ''));
			if (instruction.keyword === 'USER') return named.test(own.replace(/^\w+\s+/, ''));
			if (instruction.keyword !== 'RUN') return false;
			return acts.some((act) => act.run.position === at && /^ch(?:own|grp)$|^install$|^su$/.test(act.invocation.program ?? '') && named.test(ownText(act.invocation.command.span)));
		});
		if (mentions)
			return {
				because: `${effect.names.join(', ')} may get another number in the final stage than in the builder; give it one (-u 1001)`,
				span: invocation.command.span,
			};
	}
	return undefined;
	function ownText(span: { readonly start: number; readonly end: number }): string {
		return model.file.text.slice(span.start, span.end);
	}
}
