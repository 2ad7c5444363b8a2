import { absolutePath } from '../../model/basics/paths';
import { npmNeeds } from '../../model/catalog/ecosystemNeeds';
import { parseReference } from '../../model/catalog/reference';
import type { Invocation } from '../../model/commands/invocation';
import { knownValue } from '../../model/files/writtenFiles';
import type { Run } from '../../model/stages/model';
import type { Refusal } from '../rewrite';
import type { Act, Ecosystem, Effect, Goods, Shop } from './ecosystem';
import { isPlain } from './effects';
import { slimSibling } from './siblings';
import { contextFileAt, userAt } from './sources';

const tools =
	/^(?:npx|node|tsc|webpack|webpack-cli|gulp|grunt|ng|vite|next|nuxt|rollup|esbuild|babel|bower|lerna|gatsby|react-scripts|vue-cli-service|nest|prisma|parcel|ember|polymer|turbo|nx)$/;

const browsers = /(?:^|[\s@/])(?:playwright|puppeteer|cypress|electron)(?:$|[\s@])/;

/** Node.js on Debian: what is installed and built in the application's folder is copied whole. */
export const node: Ecosystem = {
	names: /^node$/,
	hasLibrariesOf: new Set(['zlib1g-dev']),
	runtime: slimSibling,
	lacks: (stage) => stage.image?.siblings?.[0]?.lacks ?? [],
	effect(invocation, run, folder) {
		const { program = '', name, args } = invocation;
		if (/^(?:npm|yarn|yarnpkg|pnpm)$/.test(program)) return managerEffect(invocation, run, folder);
		if (program === 'corepack') return { kind: 'setup' };
		if (program === 'node' && args.every(({ text }) => /^(?:-v|--version)$/.test(text))) return { kind: 'none' };
		if (browsers.test(args.map(({ text }) => text).join(' '))) return 'it downloads a browser into a home that stays behind';
		const isOwn = /^(?:\.\/|\.\.\/|[\w/.-]*\/)?node_modules\//.test(name?.value ?? '');
		return tools.test(program) || isOwn ? made(folder) : undefined;
	},
	goods(shop) {
		const { acts, reference, argv, roots, stage, context } = shop;
		const manifest = roots.flatMap((root) => contextFileAt(stage, context, `${root}/package.json`) ?? [])[0];
		const needs = needsOf(shop, manifest);
		if ('because' in needs) return needs;
		const shimmed =
			acts.some(({ invocation }) => invocation.program === 'corepack') && shop.starts.find(({ programs }) => programs.some((program) => /^(?:yarn|pnpm)$/.test(program)));
		if (shimmed) return { because: 'corepack keeps what it starts in a cache that stays behind in the builder; start the program with node', span: shimmed.instruction.span };
		const startsFile = argv !== undefined && /^(?:\/usr\/local\/bin\/)?node(?:js)?$/.test(argv[0] ?? '');
		const keepsSetup = !startsFile || usesGlobal(shop);
		const globals = globalsOf(shop, keepsSetup);
		if ('because' in globals) return globals;
		const isPruned = acts.some(({ invocation: { program, args } }) => program === 'npm' && args.some(({ value }) => value === 'prune'));
		const pruned = startsFile && !isPruned ? pruneOf(shop, reference) : undefined;
		const builds = [...new Set(acts.filter((act) => act.effect.kind === 'make' && isBuild(act)).map(({ invocation }) => textOf(shop, invocation)))];
		const assumes = [
			...builds.map((build) => `\`${build}\` writes nothing outside of ${roots.join(', ')} that is needed at run time.`),
			...(acts.some(({ invocation: { program } }) => program === 'yarn') ? ['yarn installs into node_modules: it is version 1, or its nodeLinker says so.'] : []),
			'No dependency keeps what it downloads outside of node_modules.',
			`Nothing calls a program or links to a library at run time that ${reference} has and its slim variant has not: compilers, git, curl, Python, ImageMagick, libpq.`,
			...(pruned
				? [
						`${argv?.slice(1).find((word, index) => !word.startsWith('-') && !/^(?:-r|--require|--import|--loader)$/.test(argv[index] ?? '')) ?? 'The program'} needs none of the devDependencies.`,
					]
				: []),
			...(globals.length > 0 ? [`Installing ${globals.join(', ')} globally needs neither a compiler nor git.`] : []),
			...(!pruned && !isPruned && builds.length > 0 ? ['The development dependencies stay, as the start may need them.'] : []),
			...sameSuite(reference),
		];
		return {
			copies: roots.map((root) => ({ from: root, to: root })),
			packages: needs.packages,
			builderHead: [],
			builderTail: pruned ? [pruned] : [],
			finalHead: [],
			keepsSetup,
			assumes,
		} satisfies Goods;
	},
};

/** That full and slim image stand on the same release, where the tag does not say it. */
export function sameSuite(reference: string): readonly string[] {
	const tag = parseReference(reference)?.tag ?? '';
	return /trixie|bookworm|bullseye|buster|stretch|jessie/.test(tag) ? [] : [`${reference} and its slim variant stand on the same release of Debian.`];
}

function made(folder: string | undefined): Effect | undefined {
	return folder === undefined ? undefined : { kind: 'make', writes: [folder] };
}

function managerEffect({ program = '', args }: Invocation, run: Run, folder: string | undefined): Effect | string | undefined {
	const values = args.map((word) => knownValue(word, run));
	const verb = values.find((value) => value !== undefined && !value.startsWith('-'));
	if (values.some((value) => /^(?:-g|--global|--location=global)$/.test(value ?? '')) || (program !== 'npm' && verb === 'global')) {
		return values.includes(undefined) ? 'it is not known before the build what is installed globally' : { kind: 'setup' };
	}
	if (verb === 'config' || verb === 'set' || verb === 'get') return { kind: 'setup' };
	if (verb === 'cache' || (values.every((value) => /^(?:-v|--version)$/.test(value ?? 'x')) && values.length > 0)) return { kind: 'none' };
	if (verb === 'login' || verb === 'publish' || verb === 'link') return `\`${program} ${verb}\` does more than to install`;
	const at = values.findIndex((value) => /^(?:--prefix|--cwd|-C|--dir)(?:=|$)/.test(value ?? ''));
	if (at < 0) return made(folder);
	const target = values[at]?.includes('=') ? values[at]?.replace(/^[^=]*=/, '') : values[at + 1];
	return target === undefined ? undefined : made(absolutePath(target, folder));
}

/** Whether an act compiles something of the application's own instead of installing what it needs. */
function isBuild({ invocation: { program = '', args } }: Act): boolean {
	if (!/^(?:npm|yarn|yarnpkg|pnpm)$/.test(program)) return !/^(?:curl|wget|git|tar|unzip)$/.test(program);
	const verb = args.map(({ text }) => text).find((text) => !text.startsWith('-'));
	return verb !== undefined && !/^(?:i|install|ci|add|update|upgrade|rebuild|prune|dedupe|audit|clean-install|fund|shrinkwrap)$/.test(verb);
}

function textOf({ model }: Shop, { command }: Invocation): string {
	return model.file.text.slice(command.span.start, command.span.end).replace(/\s*\\?\r?\n\s*/g, ' ');
}

/** Drops the development dependencies where a build needed them; undefined where they are not there, or where another manager than npm installed them. */
function pruneOf({ acts, stage, roots }: Shop, reference: string): string | undefined {
	const makers = acts.filter(({ effect }) => effect.kind === 'make');
	const installs = makers.filter(({ invocation: { program, args } }) => program === 'npm' && args.some(({ value }) => /^(?:i|install|ci)$/.test(value ?? '')));
	const [install] = installs;
	if (installs.length !== 1 || !install || !makers.some(isBuild) || roots.length !== 1 || install.folder !== roots[0]) return undefined;
	if (makers.some(({ invocation: { program = '' } }) => /^(?:yarn|yarnpkg|pnpm|lerna|bower)$/.test(program))) return undefined;
	const isProduction = install.invocation.args.some(({ text }) => /^--(?:production|only=prod.*|omit.*)$/.test(text)) || install.run.variables.get('NODE_ENV') === 'production';
	const names = install.invocation.args.filter(({ text }) => !text.startsWith('-'));
	const last = stage.runs.find(({ position }) => position === Math.max(...makers.map(({ run }) => run.position)));
	if (isProduction || names.length !== 1 || last === undefined) return undefined;
	// Nobody but who installed them, and root, may remove them.
	if (userAt(stage, install.run.position) !== userAt(stage, last.position)) return undefined;
	const tag = parseReference(reference)?.tag ?? '';
	// npm 7, which has --omit, comes with Node.js 15.
	const isOld = /^(?:[0-9]|1[0-4])(?:\.|-|$)|argon|boron|carbon|dubnium|erbium|fermium/.test(tag);
	const command = isOld ? 'npm prune --production' : 'npm prune --omit=dev';
	return `RUN ${last.cwd === roots[0] ? '' : `cd ${roots[0]} && `}${command}`;
}

/** What the dependencies of a manifest that somebody read need of the system. */
function needsOf({ acts, stage }: Shop, manifest: string | undefined): { readonly packages: readonly string[] } | Refusal {
	const packages: string[] = [];
	const installed = acts.flatMap(({ effect }) => (effect.kind === 'packages' ? effect.operation.operands.map(({ value }) => value?.replace(/[=/:].*$/, '')) : []));
	for (const name of [...dependenciesOf(manifest), ...namedOf(acts)]) {
		const need = npmNeeds[name];
		packages.push(...(need?.installs ?? []));
		if (need?.programs && !need.programs.some((program) => installed.includes(program)))
			return { because: `${name} needs more than a slim image has; install ${need.programs[0]} in this file`, span: stage.stage.from.span };
	}
	return { packages };
}

/** The packages that an installation into the project names, versions off. */
function namedOf(acts: readonly Act[]): readonly string[] {
	return acts.flatMap(({ effect, invocation: { program = '', args } }) =>
		effect.kind === 'make' && /^(?:npm|yarn|yarnpkg|pnpm)$/.test(program) && args.some(({ value }) => /^(?:i|install|add)$/.test(value ?? ''))
			? args.flatMap(({ value = '' }) => (value.startsWith('-') ? [] : [value.replace(/(.)@.*$/, '$1')]))
			: [],
	);
}

/** Whether something else than the start may call what is installed globally: a health check, or a module that Node.js finds by NODE_PATH. */
function usesGlobal({ stage, starts }: Shop): boolean {
	const checks = starts.filter(({ instruction }) => instruction.keyword === 'HEALTHCHECK').flatMap(({ programs }) => programs);
	return (
		checks.some((program) => !isPlain(program) && !/^(?:.*\/)?(?:node|curl|wget|npm|(?:ba|da)?sh)$/.test(program)) ||
		stage.stage.instructions.some(({ keyword, words }) => keyword === 'ENV' && words.some(({ text }) => text.startsWith('NODE_PATH')))
	);
}

/** What is installed globally in the image that ships, behind the build or once more; a refusal where that cannot be had there. */
function globalsOf({ acts, last }: Shop, keepsSetup: boolean): readonly string[] | Refusal {
	const names: string[] = [];
	for (const { effect, invocation, run } of acts) {
		const isAgain = run.position <= last;
		if (effect.kind !== 'setup' || (isAgain && !keepsSetup) || !/^(?:npm|yarn|yarnpkg|pnpm)$/.test(invocation.program ?? '')) continue;
		const values = invocation.args.flatMap(({ value = '' }) => (value.startsWith('-') ? [] : [value]));
		const [verb = '', ...operands] = values.filter((value) => value !== 'global');
		if (!/^(?:i|install|add|ci)$/.test(verb)) continue;
		const local = operands.length === 0 ? '.' : operands.find((operand) => /^[./~]|^(?:file|link):|\.t(?:ar\.)?gz$/.test(operand));
		if (local !== undefined && isAgain)
			return { because: `${local} is installed globally here, and is not there yet in the image that ships; do that behind the build`, span: invocation.command.span };
		const cloned = operands.find((operand) => /^git[+:@]|^(?:github|gitlab|bitbucket|gist):|\.git(?:#|$)|^[\w.-]+\/[\w.-]+(?:#|$)/.test(operand));
		if (cloned !== undefined) return { because: `${cloned} is cloned, and the slim image has no git`, span: invocation.command.span };
		names.push(...operands.filter((operand) => operand !== local));
	}
	return [...new Set(names)];
}

function dependenciesOf(manifest: string | undefined): readonly string[] {
	try {
		const { dependencies = {}, optionalDependencies = {} } = JSON.parse(manifest ?? '{}');
		return [...Object.keys(dependencies), ...Object.keys(optionalDependencies)];
	} catch {
		return [];
	}
}
