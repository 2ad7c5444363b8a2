import type { Sibling } from '../model/catalog/baseImage';
import { siblingReference, siblingSaving } from '../model/catalog/baseImages';
import { isEnoughMicrodnf, isUnseen } from '../model/packages/smallerBase';
import { usesTools } from '../model/packages/toolsInUse';
import { isForWork } from '../model/purpose/toolbox';
import type { Model, StageModel } from '../model/stages/model';
import { remarksOn } from '../model/stages/remarks';
import type { Instruction } from '../syntax/containerfile';
import type { Rule } from './rule';

/** The image stands on a full base that has a smaller sibling. */
export const heavyBase: Rule = {
	id: 'heavy-base',
	title: 'The base has a smaller sibling',
	severity: 'info',
	concerns: 'image',
	fixable: 'review',
	docs: {
		why: 'Many images are published in a full and a small form: debian and debian:…-slim, ubi and ubi-minimal, a JDK and its JRE. The small one leaves out what only building or looking around needs. Whether your program is content with it only a test of the built image can tell, so this is never changed without you.',
		before: 'FROM python:3.12\nCOPY app.py /app.py\nCMD ["python", "/app.py"]\n',
		after: 'FROM python:3.12-slim\nCOPY app.py /app.py\nCMD ["python", "/app.py"]\n',
		links: ['https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image'],
	},
	*check(model) {
		const bottom = model.stages[model.target?.bottom ?? -1];
		const word = bottom?.stage.image;
		if (!word || bottom?.base.kind !== 'image' || !bottom.base.reference || !bottom.image?.siblings || isForWork(model)) return;
		const users = model.stages.filter((stage) => stage.bottom === bottom.index);
		for (const sibling of bottom.image.siblings) {
			const reference = siblingReference(bottom.base.reference, sibling);
			if (!reference || needsMissing(model, users, sibling) || isExplained(model, bottom, sibling)) continue;
			const managing = users
				.flatMap(({ runs }) => runs)
				.flatMap(({ operations }) => operations)
				.filter(({ managers }) => managers.some(({ id }) => sibling.lacksPackageManagers?.some((lacking) => lacking === id)));
			if (managing.length > 0 && !isEnoughMicrodnf(users)) continue;
			const [manager] = managing;
			const risky = bringsCompiler(users) ? undefined : programsOf(users).find((program) => sibling.riskyFor?.includes(program));
			const caution = !risky ? '' : sibling.lacks.includes('gcc') ? `; ${risky} may have to compile something there, and finds no compiler` : `; ${risky} may need them`;
			const why = sibling.why.replace(/^The /, 'the ').replace(/\.$/, '');
			const saving = siblingSaving(bottom.base.reference, sibling);
			yield {
				span: word.span,
				message: manager ? `${reference} is smaller, but this file calls ${manager.program}, which it lacks: ${why}` : `${reference} is smaller: ${why}${caution}`,
				...(saving ? { saves: { of: `base image ${bottom.base.reference}`, ...saving } } : {}),
				...(manager || word.value === undefined ? {} : { fixes: [{ title: `Build on ${reference}`, applicability: 'review', edits: [{ span: word.span, text: reference }] }] }),
			};
			return;
		}
	},
};

/** Whether a comment above FROM names something that the sibling has not: somebody weighed it. */
function isExplained({ file }: Model, { stage }: StageModel, { lacks, lacksPackageManagers = [] }: Sibling): boolean {
	const words = remarksOn(file, stage.from).split(/[^\w.+-]+/);
	return words.some((word) => lacks.includes(word) || (lacksPackageManagers.length > 0 && /^(?:rpm|dnf|yum|microdnf)$/.test(word)));
}

/** Whether a command, an entry point or a path of the stages needs what the sibling has not; package managers are told apart. */
function needsMissing(model: Model, users: readonly StageModel[], sibling: Sibling): boolean {
	const managers: ReadonlySet<string> = new Set(['dnf', 'yum', 'microdnf', 'dnf-3', 'dnf5', 'zypper', 'apt', 'apt-get', 'tdnf']);
	const lacks = new Set(sibling.lacks.filter((command) => !managers.has(command)));
	if (programsOf(users).some((program) => lacks.has(program))) return true;
	// What nobody sees may call any of it.
	if (sibling.lacks.length > 0 && (users.some(({ runs }) => runs.some(({ invocations }) => invocations.some(isUnseen))) || (lacks.has('gcc') && usesTools(model)))) return true;
	const instructions = users.flatMap(({ stage }) => stage.instructions);
	if (instructions.some((instruction) => startsAnyOf(instruction, lacks))) return true;
	// pip, npm and gem fetch such a package with git; PhantomJS comes packed by bzip2.
	if (lacks.has('git') && instructions.some(({ args }) => /\bgit\+|\bgit(?:hub|lab)?:|\bphantomjs/.test(model.file.text.slice(args.start, args.end)))) return true;
	return (sibling.lacksPaths ?? []).some((path) => instructions.some(({ args }) => model.file.text.slice(args.start, args.end).includes(path)));
}

/** Whether a RUN installs a compiler itself. */
function bringsCompiler(users: readonly StageModel[]): boolean {
	const compilers = /^(?:build-essential|build-base|g\+\+|gcc|clang|gcc-c\+\+)$/;
	return users.some(({ runs }) =>
		runs.some(({ operations }) => operations.some(({ action, operands }) => action === 'install' && operands.some(({ value }) => compilers.test(value ?? '')))),
	);
}

function programsOf(users: readonly StageModel[]): readonly string[] {
	return users.flatMap(({ runs }) => runs.flatMap(({ invocations }) => invocations.flatMap(({ program }) => program ?? [])));
}

function startsAnyOf({ keyword, words, exec }: Instruction, lacks: ReadonlySet<string>): boolean {
	if (keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && keyword !== 'HEALTHCHECK') return false;
	return (exec ?? words).some(({ text }) => text.split(/[\s;&|()]+/).some((part) => lacks.has(part.replace(/^.*\//, ''))));
}
