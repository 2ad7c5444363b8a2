import type { Saving } from '../../advice/advice';
import { findBaseImage } from '../../model/catalog/baseImages';
import { compilerLibraries, runtimeLibraryOf } from '../../model/catalog/roots/development';
import { type RpmRoot, rpmRootOf } from '../../model/catalog/roots/rpm';
import { packageOfProgram } from '../../model/catalog/roots/rpmPrograms';
import type { Invocation } from '../../model/commands/invocation';
import { hasOption, type Operation } from '../../model/commands/operation';
import type { Run, StageModel } from '../../model/stages/model';
import { fullImage } from './fullImage';
import { actOf, output, type PackageAct, packageWords, quoted, type RootBase, type RootRecipe, type RootRequest, readWords, type Start, unknownAct } from './recipe';
import { configuring, digestAssumes, filled, isRepositoryPackage, readRpm, removeLeftovers } from './rpmCommands';
import { hardlyAny, savedWith } from './rpmWorth';

/** dnf, yum, microdnf: `--installroot`. */
export const rpmRecipe: RootRecipe = {
	family: 'rpm',
	title: 'Install into an empty root and ship that on scratch',
	base,
	read,
	configuration: /\/etc\/(?:yum\.repos\.d|yum\.conf|yum\/|dnf\/|pki\/rpm-gpg|rhsm)|\/var\/lib\/rhsm/,
	bringTool,
	isCache: (path) => /^\/var\/(?:cache(?:\/\*?)?$|cache\/(?:yum|dnf|libdnf5|microdnf)\b|lib\/dnf\b|log\/(?:dnf|yum|hawkey)[\w.*]*$)/.test(path),
	refuses: (target, request) => hardlyAny(target, request, savesOf(target)),
	saves: (target, request) => savedWith(request, savesOf(target)),
	install,
};

function rootOf({ image, release }: StageModel): RpmRoot | undefined {
	return image && rpmRootOf(image.distribution, release);
}

function savesOf(target: StageModel): Saving | undefined {
	const figure = rootOf(target)?.saves?.[target.image?.kind === 'minimal' ? 'minimal' : 'full'];
	return figure && { of: 'what of the base the image does not need', ...figure };
}

/** The image in which the root is made: the base, or the full one of a minimal image's release. */
function builderOf({ image, base: start }: StageModel): string | undefined {
	if (!image || start.kind !== 'image' || start.reference === undefined) return undefined;
	return image.kind === 'minimal' ? fullImage(start.reference) : start.reference;
}

function base(target: StageModel, { image, reference, written }: Start): RootBase | { readonly because: string } {
	const root = rootOf(target);
	if (!root) return { because: `it is not known what an empty root of this release of ${image.distribution} needs` };
	const full = builderOf(target);
	if (full === undefined) return { because: 'the full image of the same release, in which the root would be made, is not known' };
	if (full !== reference && written.includes('$')) return { because: 'the base is named by a variable, and the builder has to be another image of the same release' };
	const major = image.distribution === 'fedora' ? undefined : Math.floor(Number(target.release ?? 8));
	return {
		builder: full === reference ? written : full,
		assumes: [...(full === reference ? [] : [`${full} has the same packages as ${reference}; only the builder is made from it.`]), ...digestAssumes(target)],
		packages: root.packages,
		shell: 'bash',
		scriptTools: ['findutils', 'gawk', 'grep', 'sed'],
		certificates: 'ca-certificates',
		timeZones: 'tzdata',
		localePackage: (locale) => (root.hasLangpacks && /^[a-z]{2,3}_[A-Z]{2}/.test(locale) ? `glibc-langpack-${locale.slice(0, locale.indexOf('_'))}` : undefined),
		packageOf: (program) => packageOfProgram(program, root.coreutils, major),
		insteadOf: { 'coreutils-single': 'coreutils', coreutils: 'coreutils-single', curl: 'curl-minimal', git: 'git-core', 'glibc-minimal-langpack': 'glibc-all-langpacks' },
		languages: { interpreterOf, libraryOf: (name) => runtimeLibraryOf(name, major), compilerLibraries },
	};
}

const inBuilder = /^(?:bash|sh|curl|sed|grep|awk|gawk|find|xargs|tar|gzip|gpg|gpg2|openssl|rpm|dnf|yum|microdnf|update-ca-trust)$/;

/** What a full image lacks of the usual programs: wget, unzip, git … Every one of them has `yum`, be it a link. */
function bringTool(program: string): string | undefined {
	const name = inBuilder.test(program) ? undefined : packageOfProgram(program, 'coreutils-single', undefined);
	return name === undefined || name === 'coreutils-single' ? undefined : `yum -y install ${name}`;
}

/** `python3.11-pip`, `python39-pip`, and the `python-pip` of EPEL 7. */
function interpreterOf(name: string): string | undefined {
	return /^(python[\d.]*)-pip$/.exec(name)?.[1];
}

const gone =
	/^(?:-y|--assumeyes|-q|--quiet|-v|--verbose|--nodocs|--no-docs|--allowerasing|--refresh|-[yqv]{2,3}|-[de]\d*|--setopt=(?:\*\.)?(?:tsflags|install_weak_deps|keepcache|override_install_langs|skip_missing_names_on_install|history_record)=.*|--color=.*|--debuglevel=.*|--errorlevel=.*|--noplugins|--no-gpgchecks)$/;
const repeated =
	/^(?:--(?:enablerepo|enable-repo|disablerepo|disable-repo|repo|repoid|exclude|disableplugin|disable-plugin|releasever|setopt|repofrompath)=.+|-x=.+|--nogpgcheck|--no-gpgchecks|--skip-broken|--best|--nobest|--no-best)$/;

function read(invocation: Invocation, operation: Operation | undefined, run: Run): PackageAct | undefined {
	const { program, args } = invocation;
	if (program === 'rpmkeys') return configuring(args.map(({ text }) => text));
	if (program === 'rpm') return readRpm(invocation, run);
	if (program === 'yum-config-manager' || program === 'dnf-config-manager') return configuring(args.map(({ text }) => text));
	if (program === 'crb') return configuring(args.map(({ text }) => text));
	if (program === 'subscription-manager') return { kind: 'refuse', because: 'the builder has to be registered for its packages, and that is not followed' };
	if (program === undefined || !/^(?:dnf(?:-3|5)?|yum|microdnf|tdnf|tyum)$/.test(program)) return undefined;
	const words = args.filter(({ text }) => !text.startsWith('-')).map(({ value }) => value);
	if (!operation) {
		if (words[0] === 'config-manager' || words[0] === 'copr') return configuring(args.map(({ text }) => text));
		if (words[0] === 'module' && !/^(?:list|info|provides)$/.test(words[1] ?? '')) return setModules(invocation, words[1], run);
		if (/^(?:repolist|repoinfo|list|info|search|history|--version|makecache|check|provides|whatprovides|module|grouplist|help)$/.test(words[0] ?? ''))
			return { kind: 'drop', assumes: `Nobody reads what \`${program} ${words[0]}\` prints in the build.` };
		return unknownAct;
	}
	return actOf(operation, run, { install: () => readInstall(operation, run) });
}

/** A choice of streams, which the root has to know as well. */
function setModules(invocation: Invocation, verb: string | undefined, run: Run): PackageAct {
	const words = readWords(
		invocation.args.filter(({ text }) => !text.startsWith('-')),
		invocation,
		run,
	);
	if (!words) return { kind: 'refuse', because: 'which module is meant here cannot be read before the build' };
	if (!/^(?:enable|disable|reset)$/.test(verb ?? '')) return unknownAct;
	return { kind: 'configureRoot', command: words.join(' ') };
}

const buildersOwn = /^(?:dnf-plugins-core|dnf-utils|yum-utils|'?dnf-command\(.*\)'?|yum-plugin-[\w-]+|dnf-plugin-[\w-]+|python3-dnf[\w-]*|createrepo(?:_c)?)$/;

function readInstall(operation: Operation, run: Run): PackageAct {
	const verb = operation.verb.map(({ value }) => value).join(' ');
	if (!/^(?:install|in|localinstall|install-n|module install)$/.test(verb)) return { kind: 'refuse', because: `it is not known how \`${verb}\` is done in an empty root` };
	if (hasOption(operation, ({ name }) => /^--?(?:downloadonly|download-only|nodeps|force)$/.test(name))) return { kind: 'refuse', because: 'this is no plain installation' };
	const words = packageWords(operation, run);
	if (!words) return { kind: 'refuse', because: 'which packages are installed here cannot be read before the build' };
	const options: string[] = [];
	for (const { text, words: written, name, value } of operation.options) {
		if (/^--setopt=tsflags=$/.test(text.replace(/["']/g, ''))) return { kind: 'refuse', because: 'documentation is asked for here, and the root is installed without it' };
		if (gone.test(text.replace(/["']/g, ''))) continue;
		if (written.some((word) => word.value === undefined) || !repeated.test(text))
			return { kind: 'refuse', because: `it is not known whether ${written.map((word) => word.text).join(' ')} fits an empty root` };
		options.push(value === undefined ? name : `${name}${name.startsWith('--') ? '=' : ' '}${quoted(value)}`);
	}
	const local = words.find((word) => !/:\/\//.test(word) && (/^['"]?\./.test(word) || /^[^/@(]*\.rpm['"]?$/.test(word) || /^['"]?\/.*[*?$[]/.test(word)));
	if (local) return { kind: 'refuse', because: `${local} names files that are not known before the build` };
	const group = words.find((word) => /^['"]?@/.test(word) && verb !== 'module install' && !/^['"]?@[\w-]+:[\w./-]+/.test(word));
	if (group) return { kind: 'refuse', because: 'a group of packages is installed, and nobody knows which of them the image needs' };
	const configures = words.filter((word) => isRepositoryPackage(word) || buildersOwn.test(word));
	const unclear = words.find((word) => /:\/\//.test(word) && !configures.includes(word) && /noarch/.test(word));
	if (unclear) return { kind: 'refuse', because: `${unclear} may bring a repository or a program, and these go to different stages` };
	const program = operation.program === 'microdnf' ? 'dnf' : operation.program;
	const command = `${program} -y install ${configures.join(' ')}`;
	const configured = configures.length === 0 ? undefined : configuring(configures, operation.program === 'microdnf' ? command : undefined);
	if (configured && (configures.length === words.length || configured.kind === 'refuse')) return configured;
	const packages = words.filter((word) => !configures.includes(word)).map((word) => (verb === 'module install' ? `@${word}` : word));
	const recommended = operation.managers[0]?.weakDependencies !== undefined && !hasOption(operation, ({ text }) => /install_weak_deps=["']?(?:0|false|no|off)/.test(text));
	return {
		kind: 'install',
		packages,
		options,
		recommended,
		...(recommended ? { assumes: ['Nobody misses a package that those installed only recommend.'] } : {}),
		...(configures.length > 0 ? { configures: command } : {}),
	};
}

function install(target: StageModel, { packages, options, before, after, builderPackages }: RootRequest): readonly (readonly string[])[] {
	const root = rootOf(target);
	const builder = builderOf(target);
	const id = builder === undefined ? undefined : findBaseImage(builder)?.image.packageManagers[0];
	if (!root || packages.length === 0) return [];
	const program = id === 'yum3' ? 'yum' : 'dnf';
	const named = options.find((option) => /^--releasever/.test(option));
	const byVariable = target.stage.image?.text.includes('$') ?? false;
	const releasever = named ?? (root.release !== undefined && !byVariable ? `--releasever ${root.release}` : id === 'dnf5' ? undefined : '--releasever=/');
	const head = [
		`${program} -y --installroot ${output}`,
		...(id === 'dnf5' ? ['--use-host-config'] : []),
		...(releasever === undefined ? [] : [releasever]),
		...(root.platform !== undefined && id === 'dnf4' && (root.platform === 'platform:el8' || before.length > 0) ? [`--setopt=module_platform_id=${root.platform}`] : []),
	].join(' ');
	const switches = [
		...(id === 'yum3' ? ['--setopt=tsflags=nodocs'] : ['--setopt=install_weak_deps=False', id === 'dnf5' ? '--no-docs' : '--nodocs']),
		...options.filter((option) => option !== named),
	].join(' ');
	// yum 3 reads the variables of its repositories inside the root alone (readMainConfig in its config.py).
	const variables = `{ [ ! -d /etc/yum/vars ] || { mkdir -p -m 755 ${output}/etc/yum && cp -a /etc/yum/vars ${output}/etc/yum/; }; }`;
	return [
		...(builderPackages.length > 0
			? [...before.map((command) => [`${program} -y ${command}`]), filled([`${program} -y`, ...options.filter((option) => option !== named), 'install', ...builderPackages])]
			: []),
		...(id === 'yum3' ? [[variables]] : []),
		...before.map((command) => [`${head} ${command}`]),
		[head, switches, ...filled(['install', ...packages])],
		[`${program} -y --installroot ${output} clean all`],
		[removeLeftovers(id ?? 'dnf4')],
		...after.map((command) => [command]),
		...(root.hasBuildinfo
			? [[`{ [ ! -d /root/buildinfo ] || cp -a /root/buildinfo ${output}/root/; }`], [`{ [ ! -d /usr/share/buildinfo ] || cp -a /usr/share/buildinfo ${output}/usr/share/; }`]]
			: []),
	];
}
