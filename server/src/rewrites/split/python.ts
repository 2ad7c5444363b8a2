import { absolutePath } from '../../model/basics/paths';
import { normalizedName, purePython, pythonNeeds, wheelPython } from '../../model/catalog/ecosystemNeeds';
import type { Invocation } from '../../model/commands/invocation';
import { knownValue } from '../../model/files/writtenFiles';
import { operationOf, type Run } from '../../model/stages/model';
import type { Refusal } from '../rewrite';
import type { Act, Ecosystem, Effect, Goods, Shop } from './ecosystem';
import { sameSuite } from './node';
import { namesOf } from './requirements';
import { slimSibling } from './siblings';
import { userAt } from './sources';

/** What the base brings in a version of its own, so that a second one beside it would not be the same. */
const brought = new Set(['pip', 'setuptools', 'wheel']);

const moved = /^(?:-t|--target|--prefix|--root|--user|--python|--src|--install-option|--global-option)$/;

/**
 * Python on Debian. What pip installs goes into a user base, by environment variables alone: the same layout as /usr/local, each install sees the ones before,
 * and nothing of the base is in it. Copied onto /usr/local it lies where it would have been. (Python's sysconfig: schemes posix_user and posix_prefix.)
 */
export const python: Ecosystem = {
	names: /^python$/,
	// Modules of the standard library link to them (python/slim Dockerfiles keep what ldd finds).
	hasLibrariesOf: new Set(
		'libssl-dev libffi-dev zlib1g-dev libbz2-dev liblzma-dev libsqlite3-dev libreadline-dev libncurses-dev libncurses5-dev libncursesw5-dev uuid-dev libexpat1-dev'.split(' '),
	),
	runtime: slimSibling,
	lacks: (stage) => stage.image?.siblings?.[0]?.lacks ?? [],
	effect(invocation, run, folder) {
		const { program = '', args } = invocation;
		if (/^pip(?:[23](?:\.\d+)?)?$/.test(program)) return pipEffect(invocation, run, folder);
		if (program === 'venv' || program === 'virtualenv') {
			const target = args.map((word) => knownValue(word, run)).findLast((value) => value !== undefined && !value.startsWith('-'));
			const path = target === undefined ? undefined : absolutePath(target, folder);
			return path === undefined ? 'it is not known where this virtual environment lies' : { kind: 'make', writes: [path] };
		}
		if (/^(?:pipenv|poetry|uv|conda|mamba|pdm|easy_install)$/.test(program)) return `what ${program} installs is not divided; install with pip from a requirements file`;
		if (!/^python[\d.]*$/.test(program)) return undefined;
		const [script, verb] = args.map((word) => knownValue(word, run));
		if (script === '--version' || script === '-V') return { kind: 'none' };
		if (script === 'setup.py') return verb === 'build_ext' || verb === 'build' ? made(folder) : 'setup.py installs past pip; let pip install it';
		return script?.endsWith('.py') ? made(folder) : undefined;
	},
	goods(shop) {
		const { model, acts, stage, reference, roots, last } = shop;
		const pips = acts.filter(({ effect, invocation: { program = '' } }) => effect.kind === 'make' && program.startsWith('pip'));
		const venvs = acts
			.filter(({ invocation: { program } }) => program === 'venv' || program === 'virtualenv')
			.flatMap(({ effect }) => (effect.kind === 'make' ? effect.writes : []));
		const into = (act: Act) => (act.effect.kind === 'make' ? act.effect.writes : []);
		const wrong = pips.find((act) => into(act).some((path) => !venvs.includes(path) && !isEditable(act.invocation)));
		if (wrong) return refusal(wrong, 'PATH leads to another pip than that of the image');
		const global = pips.filter((act) => !into(act).some((path) => venvs.includes(path)));
		for (const act of pips)
			if (!/^(?:root|0)(?::.*)?$/.test(userAt(stage, act.run.position) ?? 'root'))
				return refusal(act, 'another user than root installs, into a home that the slim image does not have');
		const needs = needsOf(shop, pips);
		if ('because' in needs) return needs;
		const setting = stage.stage.instructions.find(({ span }) =>
			/\b(?:PIP_USER|PIP_TARGET|PIP_PREFIX|PIP_ROOT|PYTHONUSERBASE|PYTHONNOUSERSITE|PYTHONHOME)\b/.test(model.file.text.slice(span.start, span.end)),
		);
		if (setting && global.length > 0) return { because: 'it says itself where pip installs', span: setting.span };
		const late = acts.find((act) => act.effect.kind === 'setup' && act.run.position <= last && global[0] && isBehind(act, global[0]));
		if (late) return refusal(late, 'pip is changed after it has installed; do that first');
		const base = ['/install', '/packages', '/python-packages'].find((path) => !model.file.text.includes(path)) ?? '/user-base';
		const scripts = [
			...new Set(acts.flatMap(({ effect, invocation }) => (effect.kind === 'make' && /^python/.test(invocation.program ?? '') ? (invocation.args[0]?.value ?? []) : []))),
		];
		return {
			copies: [...roots.map((root) => ({ from: root, to: root })), ...(global.length > 0 ? [{ from: base, to: '/usr/local' }] : [])],
			...(acts.every((act) => act.effect.kind !== 'make' || pips.includes(act) || act.effect.writes.some((path) => venvs.includes(path))) ? { reads: needs.reads } : {}),
			packages: needs.packages,
			builderHead: global.length > 0 ? [`ENV PIP_USER=1 PYTHONUSERBASE=${base} PATH=${base}/bin:$PATH`] : [],
			builderTail: [],
			finalHead: [],
			keepsSetup: acts.some(({ effect, invocation }) => effect.kind === 'setup' && invocation.args.some(({ text }) => text.includes('setuptools'))),
			assumes: [
				...(needs.wheels.length > 0 ? [`pip finds wheels for ${needs.wheels.join(', ')}, which bring the libraries that they link to.`] : []),
				...(pips.length > 0 ? ['Whatever else these packages bring in is pure Python or comes as wheels.', 'Nothing calls pip at run time.'] : []),
				...scripts.map((script) => `${script} writes nothing outside of ${roots.join(', ')} that is needed at run time.`),
				`Nothing calls a program at run time that ${reference} has and its slim variant has not: compilers, git, curl, ImageMagick.`,
				...sameSuite(reference),
			],
		} satisfies Goods;
	},
};

function made(folder: string | undefined): Effect | undefined {
	return folder === undefined ? undefined : { kind: 'make', writes: [folder] };
}

function pipEffect(invocation: Invocation, run: Run, folder: string | undefined): Effect | string | undefined {
	const operation = operationOf(run, invocation);
	if (operation?.action === 'clean' || /^(?:--version|-V|list|freeze|check|show)$/.test(invocation.args[0]?.value ?? '')) return { kind: 'none' };
	if (operation?.action !== 'install') return undefined;
	if (operation.options.some(({ name }) => moved.test(name))) return 'pip is told to install to another place than usual';
	const names = operation.operands.map(({ value }) => (value === undefined ? undefined : normalizedName(value.replace(/[[<>=!~].*$/, ''))));
	if (names.includes(undefined)) return 'it is not known before the build what pip installs';
	if (names.length > 0 && names.every((name) => brought.has(name ?? '')) && !operation.options.some(({ name }) => name === '-r' || name === '--requirement'))
		return { kind: 'setup' };
	if (names.some((name) => brought.has(name ?? ''))) return 'pip, setuptools and wheel are in the image already; install them in a command of their own';
	const venv = environmentOf(invocation, run, folder);
	const editable = isEditable(invocation) && folder !== undefined ? [folder] : [];
	return { kind: 'make', writes: venv === undefined ? editable : [venv, ...editable] };
}

/** The virtual environment whose pip this is, by its path or by PATH. */
function environmentOf({ name }: Invocation, { variables }: Run, folder: string | undefined): string | undefined {
	const named = /^(.+)\/bin\/(?:pip|python)[\d.]*$/.exec(name?.value ?? '')?.[1];
	const [first = ''] = (variables.get('PATH') ?? '').split(':');
	const leading = /^(.+)\/bin$/.exec(first)?.[1];
	const found = named ?? (leading !== undefined && (leading === variables.get('VIRTUAL_ENV') || /env[^/]*$/i.test(leading)) ? leading : undefined);
	const path = found === undefined ? undefined : absolutePath(found, folder);
	return path === undefined || path === '/usr/local' || path === '/usr' ? undefined : path;
}

function isEditable({ args }: Invocation): boolean {
	return args.some(({ value }) => value === '-e' || value === '--editable');
}

function isBehind(act: Act, other: Act): boolean {
	return act.invocation.command.span.start > other.invocation.command.span.start;
}

function refusal(act: Act, because: string): Refusal {
	return { because, span: act.invocation.command.span };
}

/** What the packages that pip installs need of the system; a refusal where one is not known or where nobody read which they are. */
function needsOf(shop: Shop, pips: readonly Act[]): { readonly packages: readonly string[]; readonly wheels: readonly string[]; readonly reads: readonly string[] } | Refusal {
	const reads: string[] = [];
	const packages: string[] = [];
	const wheels: string[] = [];
	for (const act of pips) {
		const names = namesOf(shop, act);
		if ('because' in names) return names;
		reads.push(...names.files);
		for (const name of names.names) {
			const need = pythonNeeds[name];
			if (need) packages.push(...(need.installs ?? []));
			else if (wheelPython.has(name)) wheels.push(name);
			else if (brought.has(name)) return refusal(act, `${name} is in the image already; install another version of it in a command of its own`);
			else if (!purePython.has(name)) return refusal(act, `it is not known whether ${name} links to libraries that only the full image has`);
		}
	}
	return { packages: [...new Set(packages)], wheels: [...new Set(wheels)], reads };
}
