import { isBuildPackage } from '../../model/catalog/buildTools';
import { buildpackLibraries, cratesWithLibraries, cratesWithout } from '../../model/catalog/compilers';
import { librariesOf } from '../../model/catalog/sharedLibraries';
import type { Refusal } from '../rewrite';
import { compilerNames } from './compilers';
import type { Act, Shop } from './ecosystem';
import { contextFileAt } from './sources';

/** Packages of an interpreter that a program can be linked to, though most that install them are not. */
const interpreters = /^(?:lib)?(?:python|ruby|perl|php|lua)[\d.]*-(?:all-)?dev$/;

/** What the programs that a file compiles need in the image that ships, besides what its -dev packages stand for; a refusal where that is not known. */
export function linkedPackages(shop: Shop, release: string | undefined): readonly string[] | Refusal {
	const { stage, acts, reference } = shop;
	const distribution = stage.image?.distribution;
	const isSlim = /(?:^|[-:])slim(?:-|$)/.test(reference);
	const [name = ''] = (stage.image?.names ?? []).filter((one) => typeof one === 'string');
	const packages = name === 'debian' || name === 'ubuntu' ? [] : isSlim ? ['ca-certificates'] : ['ca-certificates', 'netbase'];
	const compiles = acts.filter((act) => act.effect.kind === 'make');
	for (const { effect, invocation } of acts) {
		if (effect.kind !== 'packages' || effect.operation.action !== 'install') continue;
		// With recommended packages, or those of compilers, the certificate authorities came along.
		if (effect.operation.operands.some(({ value = '' }) => /^lib(?:ssl|curl4-\w+|gnutls28|mbedtls|wolfssl)-dev(?:=|$)/.test(value)) && !packages.includes('ca-certificates'))
			packages.push('ca-certificates');
		const embedded = effect.operation.operands.find(({ value = '' }) => interpreters.test(value.replace(/[=/:].*$/, '')));
		if (embedded)
			return { because: `it is not known whether the program is linked to the interpreter of ${embedded.text}; leave it out where it is not`, span: invocation.command.span };
	}
	const archived = /^(?:squeeze|wheezy|jessie|stretch|buster|[6-9](?:\.\d+)?|10(?:\.\d\d?)?|1[0-5]\.\d\d|(?:1[6-9]|2[0-4])\.10|(?:17|19|21|23)\.04|precise|trusty)$/;
	if (release !== undefined && archived.test(release))
		return {
			because: `the packages of ${reference} are no longer where it looks for them, or not known; build on a later release`,
			span: stage.stage.image?.span ?? stage.stage.from.span,
		};
	const opaque = compiles.find((act) => isOpaque(act));
	if (opaque || compiles.some(({ invocation }) => invocation.args.some(({ text }) => /^-fopenmp|^-lgomp/.test(text)))) packages.push('libgomp1');
	if (opaque || compiles.some(({ invocation }) => invocation.args.some(({ text }) => text === '-latomic'))) packages.push('libatomic1');
	const fortran = acts.find(({ effect, invocation }) =>
		effect.kind === 'packages'
			? effect.operation.action === 'install' && effect.operation.operands.some(({ value }) => /^gfortran/.test(value ?? ''))
			: /gfortran/.test(invocation.program ?? ''),
	);
	if (fortran && release === undefined) return { because: 'which library of Fortran goes with this release is not known', span: fortran.invocation.command.span };
	if (fortran) packages.push('libgfortran5');
	if (name === 'debian' || name === 'ubuntu' || name === 'golang' || isSlim || /-(?:scm|curl)$/.test(reference)) return packages;
	return fromHeaders(shop, packages, (library) => librariesOf(library, release, distribution));
}

/** What an image has with headers of many libraries gives to programs: only those that are named count. */
function fromHeaders(shop: Shop, packages: string[], libraries: (name: string) => readonly string[] | undefined): readonly string[] | Refusal {
	const { acts, stage, context, reference } = shop;
	const add = (library: string): boolean => {
		const found = libraries(library);
		for (const one of found ?? []) if (!packages.includes(one)) packages.push(one);
		return found !== undefined;
	};
	for (const act of acts) {
		const { invocation, effect, folder } = act;
		const { program = '', args, command } = invocation;
		if (effect.kind !== 'make') continue;
		const refuse = (because: string): Refusal => ({ because, span: command.span });
		if (isOpaque(act)) return refuse(`${program} may link any library whose headers ${reference} has; build on debian and install those that it needs`);
		if (program === 'cargo') {
			if (!/^(?:build|b|install)$/.test(args.find(({ text }) => !/^[+-]/.test(text))?.text ?? '')) continue;
			const lock = folder === undefined ? undefined : contextFileAt(stage, context, `${folder === '/' ? '' : folder}/Cargo.lock`);
			if (lock === undefined) return refuse(`Cargo.lock was not read, and a crate may link libraries whose headers ${reference} has; it has to lie in the build context`);
			for (const [, crate = ''] of lock.matchAll(/^name = "([\w-]+)"$/gm)) {
				const library = cratesWithLibraries[crate];
				if (library === undefined && /[-_]sys$/.test(crate) && !cratesWithout.test(crate)) return refuse(`which library ${crate} of Cargo.lock is linked to is not known`);
				if (library !== undefined && !add(library)) return refuse(`which package ${library} stands for at run time is not known here`);
			}
		} else if (compilerNames.test(program)) {
			if (/\+\+/.test(program) && /^(?:.*\/)?gcc[:@]|^(?:.*\/)?gcc$/.test(reference) && !args.some(({ text }) => text === '-static-libstdc++'))
				return refuse(`the C++ library of ${reference} is newer than that of Debian; link it with -static-libstdc++ -static-libgcc`);
			if (args.some(({ text }) => text.includes('$(') || text.includes('`'))) return refuse('which libraries this links is not known before the build; name them with -l');
			for (const { text } of args) {
				const short = /^-l(.+)$/.exec(text)?.[1];
				if (short === undefined || /^(?:m|pthread|rt|c|dl|util|resolv|gcc|stdc\+\+|gomp|atomic)$/.test(short)) continue;
				const library = buildpackLibraries[short];
				if (library === undefined || !add(library)) return refuse(`which package has the library of ${text} at run time is not known`);
			}
		}
	}
	return packages;
}

/** Whether a command compiles what nobody can see in the file. */
function isOpaque({ invocation: { program = '', name }, effect }: Act): boolean {
	return (
		effect.kind === 'make' &&
		(/^(?:make|gmake|ninja|ninja-build|cmake|meson|scons|qmake)$/.test(program) || (name?.value?.includes('/') === true && /^(?:configure|config|Configure)$/.test(program)))
	);
}

/** Why a stage of its own for building would not pay: nothing to compile with is installed, or it is removed again, so that what is left is meant to be there. */
export function whyNoCompilers({ acts, stage }: Shop): Refusal | undefined {
	const builds = (act: Act) => act.effect.kind === 'packages' && act.effect.operation.operands.some(({ value }) => value !== undefined && isBuildPackage(value, 'deb'));
	const of = (action: string) => acts.find((act) => act.effect.kind === 'packages' && act.effect.operation.action === action && builds(act));
	const removed = of('remove');
	if (removed)
		return {
			because: 'what compiles is removed again here, so what is left may be needed at run time and a stage of its own would save little',
			span: removed.invocation.command.span,
		};
	return of('install') ? undefined : { because: 'nothing to compile with is installed here, so a stage of its own would save little', span: stage.stage.from.span };
}
