import { suseLocalePackage, susePackageOf, suseRootOf } from '../../model/catalog/roots/rpmSuse';
import type { Invocation } from '../../model/commands/invocation';
import { hasOption, type Operation } from '../../model/commands/operation';
import type { Run, StageModel } from '../../model/stages/model';
import { actOf, output, type PackageAct, packageWords, quoted, type RootBase, type RootRecipe, type RootRequest, type Start, unknownAct } from './recipe';
import { configuring, digestAssumes, filled, readRpm, removeLeftovers } from './rpmCommands';

/** zypper: `--installroot`, which takes the repositories of the builder, as SUSE makes its own small images. */
export const zypperRecipe: RootRecipe = {
	family: 'rpm',
	title: 'Install into an empty root with zypper and ship that on scratch',
	base,
	read,
	configuration: /\/etc\/zypp\b|\/etc\/pki\/rpm-gpg|\/usr\/lib\/rpm\/gnupg/,
	bringTool,
	isCache: (path) => /^\/var\/(?:cache(?:\/\*?)?$|cache\/zypp\b|lib\/zypp\b|log\/zypp)/.test(path),
	install,
};

function base(target: StageModel, { image, written }: Start): RootBase | { readonly because: string } {
	const root = suseRootOf(image.distribution, target.release);
	if (!root) return { because: `it is not known what an empty root of this release of ${image.distribution} needs; for 15.3 to 15.7 and for Tumbleweed it is` };
	return {
		builder: written,
		assumes: [
			'The repositories may bring the keys that they are signed with, as an empty root knows none.',
			// The solver takes any package that provides what is asked for (openSUSE/openSUSE-release-tools#3118).
			'Where only a dependency asks for sed, grep and the like, those of busybox will do.',
			...digestAssumes(target),
		],
		packages: root.packages,
		shell: 'bash',
		scriptTools: ['findutils', 'gawk', 'grep', 'sed'],
		certificates: 'ca-certificates-mozilla',
		timeZones: 'timezone',
		localePackage: suseLocalePackage,
		packageOf: (program) => susePackageOf(program, root.coreutils),
		insteadOf: {
			'coreutils-single': 'coreutils',
			coreutils: 'coreutils-single',
			'ca-certificates-mozilla': 'ca-certificates-mozilla-prebuilt',
			'git-core': 'git',
			'glibc-locale-base': 'glibc-locale',
		},
		// Which library belongs to a development package is not known here, so that nothing is compiled.
		languages: { interpreterOf, libraryOf: () => undefined, compilerLibraries: () => [] },
	};
}

/** `python3-pip`, `python311-pip`. */
function interpreterOf(name: string): string | undefined {
	return /^(python3\d*)-pip$/.exec(name)?.[1];
}

const inBuilder = /^(?:bash|sh|curl|sed|grep|tar|gzip|rpm|zypper|update-ca-certificates)$/;

/** What the images of SUSE lack of the usual programs; an installation of what is there changes nothing. */
function bringTool(program: string): string | undefined {
	const name = inBuilder.test(program) ? undefined : susePackageOf(program, 'coreutils');
	return name === undefined || name === 'coreutils' ? undefined : `zypper -n install ${name}`;
}

function read(invocation: Invocation, operation: Operation | undefined, run: Run): PackageAct | undefined {
	const { program, args } = invocation;
	if (program === 'rpmkeys') return configuring(args.map(({ text }) => text));
	if (program === 'rpm') return readRpm(invocation, run);
	if (program === 'SUSEConnect' || program === 'suseconnect') return { kind: 'refuse', because: 'the builder has to be registered for its packages, and that is not followed' };
	if (program !== 'zypper') return undefined;
	if (!operation) {
		const verb = args.find(({ text }) => !text.startsWith('-'))?.value ?? '';
		if (/^(?:addrepo|ar|removerepo|rr|modifyrepo|mr|renamerepo|nr|addservice|as|removeservice|rs|modifyservice|ms|refresh-services|refs)$/.test(verb))
			return configuring(args.map(({ text }) => text));
		if (
			/^(?:repos|lr|services|ls|search|se|info|if|list-updates|lu|list-patches|lp|patch-check|pchk|packages|pa|patterns|pt|products|pd|what-provides|wp|locks|ll|help)$/.test(verb)
		)
			return { kind: 'drop', assumes: `Nobody reads what \`zypper ${verb}\` prints in the build.` };
		return unknownAct;
	}
	return actOf(operation, run, { install: () => readInstall(operation, run), upgrade: () => switchOf(operation) });
}

/** Refuses `zypper dup --from`, after which packages are not the newest of all. */
function switchOf(operation: Operation): PackageAct | undefined {
	if (hasOption(operation, ({ name }) => /^(?:--from|--repo|-r)$/.test(name)))
		return { kind: 'refuse', because: 'packages change to another repository here, and an empty root takes the newest of all; give that one a priority' };
	return undefined;
}

/** Options that say nothing of an empty root, or that the installation there has anyway. */
const gone =
	/^(?:-y|--no-confirm|-n|--non-interactive|--non-interactive-include-reboot-patches|--no-recommends|--gpg-auto-import-keys|-q|--quiet|-v+|--verbose|--no-color|--color|--no-abbrev|--no-refresh|-f|--force|--details|--refresh|-x|--xmlout|--download=(?:in-advance|in-heaps|as-needed)|--no-force-resolution|--(?:no-)?allow-(?:downgrade|name-change|arch-change|vendor-change)|--oldpackage|-[ynqv]{2,4})$/;
/** Options of zypper itself, which stand in front of the verb. */
const global = /^--(?:no-gpg-checks|releasever=.+)$/;
/** Options of the installation, which stand behind it. */
const local = /^(?:-l|--auto-agree-with-licenses|--auto-agree-with-product-licenses|--force-resolution|--replacefiles)$/;

function readInstall(operation: Operation, run: Run): PackageAct {
	const verb = operation.verb.map(({ value }) => value).join(' ');
	if (verb !== 'install' && verb !== 'in') return { kind: 'refuse', because: `it is not known how \`${verb}\` is done in an empty root` };
	const words = packageWords(operation, run);
	if (!words) return { kind: 'refuse', because: 'which packages are installed here cannot be read before the build' };
	if (hasOption(operation, ({ name }) => name === '-t' || name === '--type') || words.some((word) => /^['"]?(?:pattern|product|patch):/.test(word)))
		return { kind: 'refuse', because: 'a pattern of packages is installed, and nobody knows which of them the image needs' };
	const options: string[] = [];
	for (const { text, words: written, name, value } of operation.options) {
		if (global.test(text) || local.test(text)) options.push(value === undefined ? name : `${name} ${quoted(value)}`);
		else if (!gone.test(text) || written.some((word) => word.value === undefined))
			return { kind: 'refuse', because: `it is not known whether ${written.map((word) => word.text).join(' ')} fits an empty root` };
	}
	const odd = words.find((word) => !/^['"]?[A-Za-z0-9][\w.+-]*(?:[<>=]{1,2}[\w.:~^+-]+)?['"]?$/.test(word) && !/^\$\{?\w+\}?$/.test(word));
	if (odd !== undefined) return { kind: 'refuse', because: `${odd} is no plain name of a package` };
	const recommended = !hasOption(operation, ({ name }) => name === '--no-recommends');
	return {
		kind: 'install',
		packages: words,
		options,
		// The catalogue of what is recommended has the names of Fedora.
		recommended: false,
		...(recommended ? { assumes: ['Nobody misses a package that those installed only recommend.'] } : {}),
	};
}

function install(target: StageModel, { packages, options, after, builderPackages }: RootRequest): readonly (readonly string[])[] {
	const root = target.image && suseRootOf(target.image.distribution, target.release);
	if (!root || packages.length === 0) return [];
	const named = options.find((option) => option.startsWith('--releasever'));
	const byVariable = target.stage.image?.text.includes('$') ?? false;
	// An empty root does not tell the release, and the addresses of repositories ask for it (openSUSE/zypper#566).
	const release = named ?? `--releasever ${root.release !== undefined && !byVariable ? root.release : '"$(. /etc/os-release && echo $VERSION_ID)"'}`;
	const zypper = `zypper -n --installroot ${output}`;
	const switches = options.filter((option) => option !== named);
	return [
		...(builderPackages.length > 0 ? [filled(['zypper -n install', ...builderPackages])] : []),
		[
			root.environment,
			[zypper, release, '--gpg-auto-import-keys', ...switches.filter((option) => global.test(option))].join(' '),
			...filled(['install --no-recommends', ...switches.filter((option) => !global.test(option)), ...packages]),
		],
		[`${zypper} clean -a`],
		[removeLeftovers('zypper')],
		...after.map((command) => [command]),
	];
}
