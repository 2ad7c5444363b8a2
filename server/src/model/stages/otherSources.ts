import { remember } from '../basics/remember';
import type { Invocation } from '../commands/invocation';
import type { Model, StageModel } from './model';

/** Where package managers read what to take packages from. */
const lists = /\/etc\/apt\/sources\.list|\/etc\/apk\/repositories|\/etc\/yum\.repos\.d|\/etc\/zypp\/repos\.d/;

/** Names of what a base of another release, or a daring one, has. */
const releases =
	/(?<![\w.])(?:edge|testing|unstable|sid|experimental|rawhide|tumbleweed|v3\.\d+|buster|bullseye|bookworm|trixie|forky|bionic|focal|jammy|noble)(?![\w])|-(?:backports|proposed)/;

/**
 * Whether something in front of a place of a stage, there or in the stages below, tells the package manager of sources that the base does not have: what is
 * newer there is in no newer base. Another mirror of the same packages is no such source.
 */
export function hasOtherSources(model: Model, { chain }: StageModel, before: number): boolean {
	return sourcesOf(model).some(({ stage, start }) => start < before && chain.includes(stage));
}

const sourcesOf = remember(({ file, stages }: Model): readonly { readonly stage: number; readonly start: number }[] =>
	stages.flatMap(({ index, stage, runs }) => [
		...stage.instructions.flatMap(({ keyword, onbuild, args, span: { start } }) =>
			!onbuild && (keyword === 'COPY' || keyword === 'ADD') && lists.test(file.text.slice(args.start, args.end)) ? [{ stage: index, start }] : [],
		),
		...runs.flatMap(({ invocations }) => invocations.flatMap((invocation) => (adds(file.text, invocation) ? [{ stage: index, start: invocation.command.span.start }] : []))),
	]),
);

function adds(text: string, { program = '', args, command, script }: Invocation): boolean {
	if (script) return false;
	const verbs = args.map(({ value }) => value);
	if (/^(?:add-apt-repository|apt-add-repository|yum-config-manager)$/.test(program)) return true;
	if (program === 'zypper') return verbs.some((verb) => verb === 'ar' || verb === 'addrepo');
	if (program === 'dnf' || program === 'dnf5' || program === 'yum') return verbs.includes('config-manager');
	const written = text.slice(command.span.start, command.span.end);
	if (!lists.test(written)) return false;
	if (program === 'sed') return /\bs[/|#@,:%!]/.test(written) && releases.test(written);
	return (
		/^(?:tee|wget|curl|cp|mv|install)$/.test(program) || command.redirects.some(({ operator, target }) => operator.includes('>') && target !== undefined && lists.test(target.text))
	);
}
