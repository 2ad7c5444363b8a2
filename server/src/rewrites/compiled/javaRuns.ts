import { findBaseImage } from '../../model/catalog/baseImages';
import type { StageModel } from '../../model/stages/model';
import type { Refusal } from '../rewrite';

/** Commands that Debian's slim images, Ubuntu, Alpine and UBI minimal all have. */
const everywhere = new Set('cd set export echo printf true : mkdir chmod chown chgrp touch ln rm rmdir ls pwd cat id sed test ['.split(' '));

/** Why the RUNs and the USER of a stage cannot stay as they stand on a smaller base, at the first that cannot. `sameSystem`: it is what the old base is built on. */
export function whyRunsStop(target: StageModel, base: string, sameSystem: boolean): Refusal | undefined {
	const family = findBaseImage(base)?.image.family;
	const made = new Set<string>();
	for (const run of target.runs) {
		const { script, span } = run.instruction;
		if (!script || script.broken) return { because: 'this is not a command that could be read', span };
		if (family !== 'deb' && family !== 'apk' && family !== 'rpm') return { because: `${base} is not known to have a shell`, span };
		for (const { program, command, name, args, ...invocation } of run.invocations) {
			const refuse = (because: string): Refusal => ({ because, span: command.span });
			const operation = run.operations.find((one) => one.invocation.command === command);
			if (operation) {
				if (!operation.managers[0]?.family) return refuse(`${operation.program} is not in ${base}`);
				if (!sameSystem) return refuse(`packages are installed, and ${base} is another system; name the release of the system in the tag`);
			} else if (name !== undefined) {
				const users = usersBy(program, base, family);
				if (users === false) return refuse(`${program} is not in ${base}`);
				if (users) for (const { value } of args) if (value !== undefined) made.add(value);
				const isJava = program === 'java' && args.length === 1 && /^--?version$/.test(args[0]?.value ?? '');
				if (program === undefined || invocation.moreArguments || (users === undefined && !isJava && !everywhere.has(program)))
					return refuse(`${program ?? 'this'} may not be in ${base}, or changes the jar; do that in an earlier stage`);
			}
		}
	}
	const user = target.stage.instructions.findLast(({ keyword }) => keyword === 'USER');
	const [name = '0'] = (user?.words[0]?.text ?? '0').split(':');
	if (user && !/^\d+$/.test(name) && !/^(?:root|nobody|daemon)$/.test(name) && !made.has(name))
		return { because: `the user ${name} is made nowhere in this file; give its number`, span: user.span };
	return undefined;
}

/** Whether a base has a program that makes users: undefined for another program. Debian 13 and Ubuntu 26.04 no longer come with adduser. */
function usersBy(program: string | undefined, base: string, family: string): boolean | undefined {
	if (program !== undefined && /^(?:useradd|groupadd|usermod)$/.test(program)) return family === 'deb';
	if (program !== 'adduser' && program !== 'addgroup') return undefined;
	return family === 'apk' || (family === 'deb' && !/trixie|resolute/.test(base));
}
