import { remember } from '../model/basics/remember';
import { parseReference } from '../model/catalog/reference';
import type { Context } from '../model/context/context';
import { packageJsonOf } from '../model/context/manifests';
import type { DevelopmentInstall } from '../model/packages/developmentInstalls';
import { environmentOf } from '../model/packages/production';
import type { Model, StageModel } from '../model/stages/model';
import type { Fix } from './advice';
import { headOf } from './attachedComments';
import { insertAfter } from './statements';

/** The repair that leaves out what only developers need, right for the version of the tool; undefined where that is not known, or where a script may need it. */
export function omitDevelopment(model: Model, context: Context, install: DevelopmentInstall): Fix | undefined {
	const { run, invocation, tool, verb, builtWith, stage } = install;
	if (builtWith || isStartedItself(model, stage) || run.instruction.exec || run.instruction.script === undefined) return undefined;
	if (tool === 'bundle') return stage === model.target ? withoutGroups(model, install) : undefined;
	const option = optionFor(model, context, install);
	const word = verb === undefined ? invocation.name : invocation.args[verb];
	return option === undefined || !word ? undefined : { title: `Add ${option}`, applicability: 'suggested', edits: [insertAfter(word, option)] };
}

/** Whether a stage below the one that ships may be built for itself, with what developers need: it says what it starts, or its name does. */
function isStartedItself({ target }: Model, stage: StageModel): boolean {
	if (stage === target) return false;
	return /dev|test|debug|lint|\bci\b/i.test(stage.stage.name ?? '') || stage.stage.instructions.some(({ keyword, onbuild }) => !onbuild && /^(?:CMD|ENTRYPOINT)$/.test(keyword));
}

function optionFor(model: Model, { buildContext }: Context, { tool, stage, invocation }: DevelopmentInstall): string | undefined {
	if (tool === 'npm' || tool === 'yarn' || tool === 'pnpm') {
		// What runs on installation may be there for developers alone.
		const scripts = packageJsonOf(buildContext)?.scripts ?? {};
		if (['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'].some((name) => name in scripts)) return undefined;
	}
	switch (tool) {
		case 'npm':
			return optionOfNpm(stage);
		case 'yarn':
			return isClassic(
				model,
				stage,
				invocation.args.map(({ text }) => text),
			)
				? '--production'
				: undefined;
		case 'pnpm':
			return '--prod';
		case 'uv':
			return '--no-dev';
		case 'composer': {
			// Scripts of Symfony load the packages for development unless the environment says otherwise.
			const environment = environmentOf(model).get('APP_ENV') ?? '';
			return /^prod/.test(environment) || invocation.args.some(({ value }) => value === '--no-scripts') ? '--no-dev' : undefined;
		}
		case 'poetry':
			return optionOfPoetry(model);
		default:
			return undefined;
	}
}

/** npm 7, which has --omit, comes with Node.js 15. */
function optionOfNpm({ base, image }: StageModel): string | undefined {
	const reference = base.kind === 'image' && base.reference !== undefined ? parseReference(base.reference) : undefined;
	if (reference?.shortName !== 'node' || !image) return undefined;
	if (/^(?:[0-9]|1[0-4])(?:\.|-|$)|argon|boron|carbon|dubnium|erbium|fermium/.test(reference.tag))
		return /^(?:[0-7])(?:\.|-|$)|argon|boron/.test(reference.tag) ? undefined : '--only=production';
	return /^(?:\d|latest|lts|current|slim|alpine|bookworm|bullseye|trixie|gallium|hydrogen|iron|jod)/.test(reference.tag) ? '--omit=dev' : undefined;
}

/** Whether yarn is version 1: node's images have it, and nothing brings another one; or an option says so that no other has. */
function isClassic(model: Model, stage: StageModel, options: readonly string[]): boolean {
	if (namesOtherYarn(model)) return false;
	if (options.some((option) => /^--(?:pure-lockfile|no-lockfile|ignore-optional|prefer-offline|no-progress|network-concurrency|no-bin-links|ignore-engines)/.test(option)))
		return true;
	const reference = stage.base.kind === 'image' && stage.base.reference !== undefined ? parseReference(stage.base.reference) : undefined;
	return reference?.shortName === 'node' && (!copiesAll(stage) || options.includes('--frozen-lockfile'));
}

const namesOtherYarn = remember(({ file }: Model) => /corepack|\.yarn\b|yarn@(?!1)|yarn\s+set\s+version|berry|\.pnp/.test(file.text));

/** Whether a stage takes all of a folder, a configuration of yarn included. */
const copiesAll = remember(({ stage }: StageModel) =>
	stage.instructions.some(
		({ keyword, words, flags }) =>
			(keyword === 'COPY' || keyword === 'ADD') &&
			!flags.some(({ name }) => name === 'from') &&
			words.slice(0, -1).some(({ value }) => value === undefined || /^(?:\.\/?|\/|\*|\.\/\*)$/.test(value)),
	),
);

/** Groups came with Poetry 1.2, and --no-dev went with 2.0. */
const optionOfPoetry = remember(({ file }: Model): string | undefined => {
	// The installer of that name brings 1.1 at most, and of what a distribution has the version is not known.
	if (/get-poetry\.py/.test(file.text)) return '--no-dev';
	if (/python3-poetry|\b(?:apk|dnf)\b[^&|;]*\bpoetry\b/.test(file.text)) return undefined;
	const versions = [...file.text.matchAll(/\bpoetry\s*([=~<>!^@]=?=?)\s*["']?(\d+)?\.?(\d+)?|POETRY_VERSION[=\s]+["']?v?(\d+)?\.?(\d+)?|--version\s+["']?(\d+)?\.?(\d+)?/g)].map(
		([, , a, b, c, d, e, f]) => [Number(a ?? c ?? e ?? Number.NaN), Number(b ?? d ?? f ?? 0)] as const,
	);
	if (versions.some(([major]) => Number.isNaN(major))) return undefined;
	const isOld = versions.some(([major, minor]) => major < 1 || (major === 1 && minor < 2));
	return isOld ? '--no-dev' : '--only main';
});

/** A line that tells Bundler, in the build and when the image is started, which would else miss the gems. */
function withoutGroups({ file }: Model, { run }: DevelopmentInstall): Fix {
	const at = headOf(file, run.instruction);
	return {
		title: 'Set BUNDLE_WITHOUT=development:test',
		applicability: 'suggested',
		edits: [{ span: { start: at, end: at }, text: `ENV BUNDLE_WITHOUT=development:test${file.newline}` }],
	};
}
