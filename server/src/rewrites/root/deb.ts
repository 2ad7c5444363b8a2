import type { Saving } from '../../advice/advice';
import { assignmentsOf } from '../../model/basics/references';
import { comesAlong } from '../../model/catalog/comesAlong';
import { compilerLibraries, type DebRoot, debRootOf, isEssential, packageOfProgram, runtimeLibraryOf } from '../../model/catalog/roots/deb';
import { weightOf } from '../../model/catalog/roots/debWeights';
import type { Invocation } from '../../model/commands/invocation';
import type { Operation } from '../../model/commands/operation';
import type { Model, Run, StageModel } from '../../model/stages/model';
import type { Command } from '../../shell/script';
import { actOf, output, type PackageAct, packageWords, type RootBase, type RootRecipe, type RootRequest, type Start, unknownAct } from './recipe';

/** apt-get and apt, with mmdebstrap. A root is made for the stage that ships, as what its set-up of repositories needs stands all over it. */
export function debRecipe({ file, target }: Model): RootRecipe {
	const end = target?.stage.instructions.at(-1)?.span.end ?? file.text.length;
	const text = file.text.slice(target?.stage.from.span.start ?? 0, end);
	return {
		family: 'deb',
		title: 'Install into an empty root with mmdebstrap and ship that on scratch',
		base: (stage, start) => base(stage, start, text),
		read: (invocation, operation, run) => read(invocation, operation, run, file.text.slice(invocation.command.span.end, end)),
		configuration: setUp,
		isCache: (path) => /^\/var\/(?:lib\/apt(?:\/lists(?:\/.*)?)?|cache\/(?:apt|debconf)(?:\/.*)?|log\/(?:apt(?:\/.*)?|dpkg\.log|alternatives\.log))$/.test(path),
		refuses: (stage, request) => hardlySmaller(stage, request),
		saves,
		install: (stage, request) => install(stage, request, text),
	};
}

const setUp =
	/\/etc\/apt\/(?!preferences|apt\.conf)|\/etc\/apt\/apt\.conf\.d\/docker-clean|\/usr\/share\/keyrings|\badd-apt-repository\b|\bapt-key\b|deb\.nodesource\.com\/setup_|packagecloud\.io\/install\/\S*script\.deb/;

function rootOf({ image, release }: StageModel): DebRoot | undefined {
	// What `latest` means moves, but never back.
	return image && debRootOf(image.distribution, release ?? (image.distribution === 'debian' ? 'stable' : '24.04'));
}

function base(target: StageModel, { image, reference, written }: Start, text: string): RootBase | { readonly because: string } {
	const { release, stage } = target;
	if (image.kind === 'minimal') return { because: 'it would hardly be smaller: the slim image is what such a root with apt would be' };
	const copied = stage.instructions.some(({ keyword, words }) => (keyword === 'COPY' || keyword === 'ADD') && settings.test(words.at(-1)?.text ?? ''));
	if (copied) return { because: 'settings of apt are copied into the image, and mmdebstrap does not see them' };
	if (release === undefined && written.includes('$')) return { because: 'which release this is built on is said by a variable' };
	const root = rootOf(target);
	if (!root) return { because: 'no mmdebstrap of this release is known to make a root while an image is built; those of Debian 12 and 13, Ubuntu 22.04 and 24.04 do' };
	const user = image.distribution === 'ubuntu' && root.hasUser;
	if (user && /\b(?:USER|userdel|deluser|usermod|chown|su|groupmod|--chown=)\b[^\n]*\bubuntu\b/.test(text))
		return { because: 'the file counts on the user ubuntu, whom the image has and an empty root has not' };
	return {
		builder: written,
		assumes: [
			...(release === undefined ? [`${reference} is a release at least as new as ${image.distribution === 'debian' ? 'Debian 12' : 'Ubuntu 24.04'}.`] : []),
			...(stage.image?.text.includes('$') ? [`No other image than ${reference} is built on, or one of a release that mmdebstrap can make too.`] : []),
			...(user ? ['Nobody needs the user ubuntu (1000) of the base, and a user that is made here may get that number.'] : []),
		],
		packages: image.distribution === 'debian' && text.includes('zoneinfo') ? ['tzdata'] : [],
		shell: 'bash',
		scriptTools: ['debianutils', 'findutils', 'grep', 'mawk', 'sed'],
		...(image.distribution === 'debian' ? { timeZones: 'tzdata' } : {}),
		localePackage: () => undefined,
		packageOf: packageOfProgram,
		insteadOf: {},
		// pip brings setuptools along, and packages that are older than they should be import it.
		languages: { interpreterOf: (name) => (name === 'python3-pip' ? 'python3-setuptools' : undefined), libraryOf: runtimeLibraryOf, compilerLibraries },
	};
}

function read(invocation: Invocation, operation: Operation | undefined, run: Run, behind: string): PackageAct | undefined {
	const { program, args, command } = invocation;
	const words = args.map(({ text, value }) => value ?? text);
	if (command.substituted && !operation) return undefined;
	switch (program) {
		case 'add-apt-repository':
		case 'apt-add-repository':
		case 'apt-key':
			return { kind: 'configure' };
		case 'apt-mark':
			return { kind: 'refuse', because: 'apt is told here which packages it may remove again; install only what runs' };
		case 'debconf-set-selections':
			return { kind: 'refuse', because: 'answers to questions of packages are given here, which the installation into the root does not see' };
		case 'dpkg':
			if (words.some((word) => /^-(?:i|r|P|-install|-unpack|-remove|-purge)/.test(word))) return { kind: 'refuse', because: 'dpkg itself installs or removes packages here' };
			if (words.some((word) => /^--add-architecture/.test(word))) return { kind: 'refuse', because: 'packages of another architecture are wanted here' };
			return undefined;
		case 'apt-get':
		case 'apt':
		case 'aptitude':
			return readApt(operation, words, run, behind);
		default:
			if (/^(?:rm|mv)$/.test(program ?? '') && words.some((word) => word.includes('EXTERNALLY-MANAGED')))
				return { kind: 'refuse', because: 'pip is let loose on the system here; give it --break-system-packages instead' };
			return setsApt(invocation, words) ? { kind: 'refuse', because: unseen } : undefined;
	}
}

const unseen = 'apt is set up here in a way that mmdebstrap does not see';
const settings = /\/etc\/apt\/(?:preferences|apt\.conf(?!\.d\/docker-clean))/;

/** Whether a command changes settings of apt that decide what is installed or from where. Those that mmdebstrap has by itself, or that only spare a question, do not. */
function setsApt({ program, command }: Invocation, words: readonly string[]): boolean {
	const places = [...words, ...command.redirects.map(({ target }) => target?.value ?? target?.text ?? '')];
	if (!places.some((place) => settings.test(place))) return false;
	const said = words.join(' ').match(/[\w-]+::[\w:-]+/g) ?? [];
	return !(
		(program === 'echo' || program === 'printf') &&
		said.length > 0 &&
		said.every((name) =>
			/^(?:APT::(?:Get::)?(?:Install-(?:Recommends|Suggests)|Assume-Yes)|Acquire::(?:Retries|Languages|GzipIndexes|http::Pipeline-Depth)|Dpkg::Use-Pty)$/i.test(name),
		)
	);
}

function readApt(operation: Operation | undefined, words: readonly string[], run: Run, behind: string): PackageAct {
	if (!operation) {
		const verb = words.find((word) => !word.startsWith('-')) ?? words[0] ?? '';
		if (/^(?:list|show|policy|search|check|--version|-v|help)$/.test(verb)) return { kind: 'drop', assumes: `Nobody reads what \`apt ${verb}\` prints in the build.` };
		return unknownAct;
	}
	return actOf(operation, run, {
		install: () => readInstall(operation, run, behind),
		// `apt-get autoremove`: of what the root never had.
		...(operation.operands.length === 0 ? { remove: () => ({ kind: 'clean' }) } : {}),
	});
}

const gone =
	/^(?:-y|-q+|-yq+|-qq+y|-qy|-y -?q+|-u|-m|-v|-f|--yes|--assume-yes|--quiet(?:=\d)?|-q=\d|--(?:no-)?install-(?:recommends|suggests)|--without-recommends|-r|--fix-missing|--fix-broken|--show-progress|--no-upgrade|--allow-downgrades|--allow-change-held-packages|--no-remove|--show-upgraded|--verbose-versions|(?:-o|--option)=(?:dpkg::options::=--force-conf(?:old|def|new|miss)|(?:dpkg::)?use-pty=.*|dpkg::use-pty=.*|acquire::(?:retries|http::timeout|https::timeout)=.*|apt::(?:get::)?(?:install-(?:recommends|suggests)|assume-yes)=.*|dpkg::progress-fancy=.*))$/;
const plain = /^[A-Za-z0-9$][\w.+~=/${}:*-]*$/;
/** What the set-up of repositories calls. */
const tools =
	/^(?:curl|wget|gnupg[12]?|gpg|gpg-agent|dirmngr|ca-certificates|apt-transport-https|(?:python3?-)?software-properties(?:-common)?|lsb-release|(?:debian|ubuntu|debian-archive)-keyring|extrepo)$/;
/** The same, and of no use beside. */
const aptOnly = /^(?:apt-transport-https|apt-utils|(?:python3?-)?software-properties(?:-common)?|extrepo|(?:debian|ubuntu|debian-archive)-keyring)$/;
const mostlyApt = /^(?:gnupg[12]?|gpg|gpg-agent|dirmngr|lsb-release)$/;

function readInstall(operation: Operation, run: Run, behind: string): PackageAct {
	if (operation.verb.map(({ value }) => value).join(' ') !== 'install') return { kind: 'refuse', because: 'this is no plain installation' };
	const odd = operation.options.find(({ text, words }) => !gone.test(text.replace(/["']/g, '')) || words.some(({ value }) => value === undefined));
	if (odd) return { kind: 'refuse', because: `it is not known whether ${odd.words.map(({ text }) => text).join(' ')} fits an empty root` };
	const written = packageWords(operation, run);
	if (!written) return { kind: 'refuse', because: 'which packages are installed here cannot be read before the build' };
	const names = written.map((word) => word.replace(/^(["'])(.*)\1$/, '$2'));
	const file = names.find((name) => /^[./]|\.deb$/.test(name));
	if (file !== undefined) return { kind: 'refuse', because: `${file} is a file that the root’s installation does not see` };
	const strange = names.find((name) => !plain.test(name) || /[-+]$/.test(name.replace(/\+\+$/, '')));
	if (strange !== undefined) return { kind: 'refuse', because: `it is not known what ${strange} means in an empty root` };
	const foreign = names.find((name) => /:(?!any$|native$)/.test(name.replace(/=.*$/, '')));
	if (foreign !== undefined) return { kind: 'refuse', because: `${foreign} is of another architecture` };
	const java = names.find((name) => /^(?:openjdk-|default-j(?:re|dk)|ca-certificates-java|tomcat\d|maven|ant$|gradle|jenkins|elasticsearch)/.test(name));
	if (java !== undefined) return { kind: 'refuse', because: `${java} is set up by Java, which needs /proc, and that is not there in a root that is being made` };
	const setsUp = setUp.test(behind);
	const wanted = names.filter((name) => tools.test(name));
	const recommended = !operation.options.some(({ text }) => /^(?:--no-install-recommends|--without-recommends|.*install-recommends=["']?(?:0|false|no)["']?)$/.test(text));
	const left = names.filter((name) => aptOnly.test(name) || (setsUp && mostlyApt.test(name) && !isUsed(name, behind)));
	const needed = recommended && wanted.some((name) => /^(?:curl|wget|gnupg|software)/.test(name)) ? [...new Set([...wanted, 'ca-certificates'])] : wanted;
	return {
		kind: 'install',
		packages: names.filter((name) => !left.includes(name)),
		options: [],
		...(setsUp && wanted.length > 0 ? { configures: `apt-get update && apt-get install -y --no-install-recommends ${needed.join(' ')}` } : {}),
		recommended,
		assumes: [
			...(recommended ? ['Nobody needs what the installed packages only recommend.'] : []),
			...(left.length > 0 ? [`Nothing but the set-up of apt uses ${left.join(', ')}.`] : []),
		],
	};
}

/** Whether a command that has nothing to do with repositories calls what a package of the set-up brings. */
function isUsed(name: string, behind: string): boolean {
	const program = name === 'lsb-release' ? /\blsb_release\b/ : /(?<![\w./-])(?:gpg2?|gpgconf|gpg-agent|dirmngr)(?![\w./-])/;
	return behind
		.replace(/\\\r?\n/g, ' ')
		.split(/&&|\|\||[;\n]/)
		.some((command) => program.test(command) && !setUp.test(command) && !/--dearmor|\bapt(?:-get|itude)?\b/.test(command));
}

function saves(target: StageModel, { packages, builderPackages }: RootRequest): Saving | undefined {
	const root = rootOf(target);
	const gone = weightOf([...new Set([...packages, ...builderPackages].map(bare))]) - weightOf(packages.map(bare));
	return (
		root && {
			of: 'what of the base the image does not need',
			atLeast: root.image - root.root - comesAlong.bytes + Math.round(gone / 2),
			atMost: root.image - root.root + gone,
			basis: 'catalog',
			source: root.source,
		}
	);
}

function hardlySmaller(target: StageModel, { packages, builderPackages }: RootRequest): string | undefined {
	const root = rootOf(target);
	if (!root) return undefined;
	const kept = weightOf(packages.map(bare));
	const before = root.image + weightOf([...new Set([...packages, ...builderPackages].map(bare))]);
	const saved = before - root.root - kept;
	const inMegabytes = (bytes: number) => Math.round(bytes / 1_000_000);
	// Whoever downloads a runtime brings a few hundred megabytes.
	const downloads = target.runs.some((run) => run.invocations.some(({ program, command }) => /^(?:curl|wget|git)$/.test(program ?? '') && !setUp.test(statementOf(run, command))));
	if (downloads && saved / (before + 100_000_000) < 0.15) return `it would hardly be smaller: by ${inMegabytes(saved)} MB, and nobody knows how much is downloaded`;
	return saved / before < 0.15 ? `it would hardly be smaller: with these packages, ${inMegabytes(saved)} MB of about ${inMegabytes(before)} MB` : undefined;
}

function statementOf({ text, instruction }: Run, { statement }: Command): string {
	const span = instruction.script?.statements[statement]?.span;
	return span ? text.slice(span.start - instruction.span.start, span.end - instruction.span.start) : text;
}

function bare(word: string): string {
	return word.replace(/[=/:].*$/, '');
}

const english = /^(?:C|POSIX|en)(?:[._@]|$)/;

function install(target: StageModel, { packages, builderPackages, builderRecommends, after }: RootRequest, text: string): readonly (readonly string[])[] {
	const root = rootOf(target);
	if (!root) return [];
	const env = target.stage.instructions.flatMap((one) => (one.keyword === 'ENV' && !one.onbuild ? assignmentsOf(one) : []));
	const translated = env.some(([name, value = '']) => /^(?:LANG|LANGUAGE|LC_\w+)$/.test(name) && !english.test(value));
	const excluded = ['doc', 'info', 'locale', 'man'].filter((folder) => !text.includes(`/usr/share/${folder}/`) && !(folder === 'locale' && translated));
	const included = [
		...(excluded.includes('doc') ? ['/usr/share/doc/*/copyright'] : []),
		...(excluded.includes('locale') && /\blocale(?:s|def|-gen)\b/.test(text) ? ['/usr/share/locale/locale.alias'] : []),
	];
	return [
		['apt-get update'],
		...(builderRecommends && builderPackages.length > 0
			? [['apt-get install -y --no-install-recommends mmdebstrap'], [`apt-get install -y ${builderPackages.join(' ')}`]]
			: [[`apt-get install -y --no-install-recommends ${['mmdebstrap', ...builderPackages].join(' ')}`]]),
		[
			`mmdebstrap --mode=root --variant=essential --hook-dir=/usr/share/mmdebstrap/hooks/${root.hook}`,
			...excluded.map((folder) => `--dpkgopt='path-exclude=/usr/share/${folder}/*'`),
			...included.map((path) => `--dpkgopt='path-include=${path}'`),
			...includes(packages.filter((word) => !isEssential(bare(word)))),
			`'' ${output} $(find /etc/apt -name '*.list' -o -name '*.sources')`,
		],
		[`rm -rf ${output}/dev/* ${output}/etc/hostname ${output}/etc/resolv.conf ${output}/var/cache/debconf/*-old`],
		...after.map((command) => [command]),
	];
}

/** Packages on lines of at most 100 characters. */
function includes(packages: readonly string[]): readonly string[] {
	const lists: string[] = [];
	for (const name of packages) {
		const last = lists.at(-1);
		if (last !== undefined && last.length + name.length < 90) lists[lists.length - 1] = `${last},${name}`;
		else lists.push(name);
	}
	return lists.map((list) => (/[$*]/.test(list) ? `--include="${list}"` : `--include=${list}`));
}
