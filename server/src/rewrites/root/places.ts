import { posix } from 'node:path';
import { absolutePath, holds, normalizePath, related } from '../../model/basics/paths';
import type { Invocation } from '../../model/commands/invocation';
import type { Containerfile } from '../../syntax/containerfile';
import { literal } from '../../text/literal';
import type { Refusal } from '../rewrite';
import type { Act } from './acts';
import type { Builds } from './moveBuilds';
import { output, type RootRecipe } from './recipe';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** Where every act of a stage goes, in the file's order. */
export interface Places {
	/** What runs or is copied in the builder; the installation itself stands where the file's last one does. */
	readonly builder: readonly Act[];
	/** What runs inside the new root, with the files it works on. */
	readonly root: readonly (Of<'run'> | Of<'copy'>)[];
	/** COPY and ADD that nothing touches later. */
	readonly last: readonly Of<'copy'>[];
	/** Something in the new root removes or changes what the installation brought: only another stage makes that count. */
	readonly changesRoot: boolean;
}

/** Gives every act its place; a refusal where the order of the file cannot be kept. */
export function placeActs(recipe: RootRecipe, file: Containerfile, acts: readonly Act[], builds?: Builds): Places | Refusal {
	const builder: Act[] = [];
	const root: (Of<'run'> | Of<'copy'>)[] = [];
	const last: Of<'copy'>[] = [];
	const [firstInstall, lastInstall] = [acts.findIndex(isInstall), acts.findLastIndex(isInstall)];
	const touched = touchedCopies(acts);
	for (const [index, act] of acts.entries()) {
		const [before, behind] = [acts.slice(0, index), acts.slice(index + 1)];
		const because =
			act.kind === 'language'
				? languageStops(file, act, before, index < lastInstall)
				: act.kind === 'run'
					? runStops(file, act, acts, before, index < lastInstall)
					: act.kind === 'build'
						? buildStops(file, act, acts, before, index < lastInstall)
						: undefined;
		if (because) return because;
		if (act.kind === 'language' || act.kind === 'build') builder.push(act);
		else if (act.kind === 'run') root.push(act);
		else if (act.kind === 'package' && act.act.kind === 'install') {
			const file = act.act.packages.find((word) => isLocal(word) && !before.some((one) => one.kind === 'copy' && isBelow(word, one)));
			if (file !== undefined) return { because: `${file} is a file that no COPY or ADD brings`, span: act.span };
		} else if (act.kind === 'package' && act.act.kind === 'afterRoot') {
			if (index < lastInstall && removesMore(recipe, act.act.command))
				return { because: 'this comes before an installation that may bring it again; put it behind the last installation', span: act.span };
		} else if (act.kind === 'package' && act.act.kind === 'configure') {
			if (index > firstInstall && index < lastInstall && /\brm\b|--disable|disabled|-disable|\b(?:rr|removerepo|rs|removeservice|mr -d)\b/.test(act.text))
				return { because: 'between two installations a repository goes away, and they have to become one', span: act.span };
			const feeding = feeds(acts, act);
			if (feeding)
				return {
					because: 'the set-up of the package manager reads what this brings, and that runs in another stage; give it the address itself, or a pipe',
					span: feeding.command.span,
				};
			builder.push(act);
		} else if (act.kind === 'copy') {
			const isConfiguration = recipe.configuration.test(act.instruction.words.at(-1)?.text ?? '');
			const installs = behind.some((later) => later.kind === 'package' && later.act.kind === 'install' && later.act.packages.some((word) => isLocal(word) && isBelow(word, act)));
			if (!isConfiguration && !installs && behind.some((later) => later.kind === 'package' && mentions(later.text, act)))
				return { because: 'a command of the package manager reads what is copied here', span: act.instruction.span };
			const isRead = isConfiguration || installs || behind.some((later) => later.kind === 'language' && reads(later, act));
			// A folder of the context that goes to / or /etc may bring repositories too.
			const maybe =
				(!isConfiguration && index < lastInstall && (act.destination === undefined || /^(?:\/|\/etc\/?)$/.test(act.destination))) ||
				behind.some((later) => later.kind === 'language' && (liesBeside(later, act) || configuresPip(act)));
			if (isRead || maybe || builds?.read.has(act)) builder.push(act);
			if (builds?.absorbed.has(act)) continue;
			if (touched.has(act)) root.push(act);
			else if (!isRead || !(isConfiguration || isTemporary(act))) last.push(act);
		}
	}
	return { builder, root, last, changesRoot: root.some((act) => act.kind === 'run' && act.invocations.some(changes)) };
}

/** Whether a removal from the root is one of more than temporary things, caches and logs. */
function removesMore(recipe: RootRecipe, command: string): boolean {
	const paths = command.split(' ').flatMap((word) => (word.startsWith(output) ? [word.slice(output.length)] : []));
	return command.startsWith('rm ') && paths.some((path) => !recipe.isCache(path) && !/^\/(?:tmp|var\/(?:tmp|cache|log)|root)(?:\/|$)/.test(path));
}

/** A command of the new root that names a file before the set-up of the package manager, which runs in the builder, names it too. */
function feeds(acts: readonly Act[], { text, span }: Of<'package'>): Invocation | undefined {
	const named = new Set([...text.matchAll(/(?<![\w/:.-])(?:[\w.-]*\/)*([\w-]+(?:\.[\w-]+)+|(?<=\/)[\w-]+)(?![\w/])/g)].map(([, name]) => name));
	const invocations = acts.flatMap((one) => (one.kind === 'run' ? one.invocations : []));
	return invocations.find(({ args, command }) => {
		const words = [...args, ...command.redirects.flatMap(({ target }) => target ?? [])];
		return command.span.start < span.start && words.some(({ value, text: written }) => named.has(posix.basename(value ?? written)));
	});
}

/** COPY and ADD whose files a later RUN works on, or on top of which one of these copies. */
function touchedCopies(acts: readonly Act[]): ReadonlySet<Act> {
	const touched = new Set<Act>();
	for (const [index, act] of [...acts.entries()].reverse()) {
		if (act.kind !== 'copy') continue;
		const covers = (later: Act) =>
			later.kind === 'copy' && touched.has(later) && (act.destination === undefined || later.destination === undefined || related(act.destination, later.destination));
		if (acts.slice(index + 1).some((later) => (later.kind === 'run' ? touches(later, act) : covers(later)))) touched.add(act);
	}
	return touched;
}

function languageStops(file: Containerfile, act: Of<'language'>, before: readonly Act[], installsLater: boolean): Refusal | undefined {
	if (installsLater) return { because: 'this comes before an installation; put it behind the last one', span: act.span };
	const source = act.act.reads.find((path) => !before.some((one) => one.kind === 'copy' && isBelow(path, one)));
	if (source !== undefined) return { because: `${source}, which pip reads, is not copied here by COPY or ADD`, span: act.span };
	const settings = before.find(
		(one) => one.kind === 'run' && /\bpip\.conf\b|\bpip[\d.]* config\b|\.netrc\b/.test(file.text.slice(one.instruction.span.start, one.instruction.span.end)),
	);
	if (settings) return { because: 'this tells pip where packages are, and pip runs in another stage; copy a file, or say it by ENV', span: settings.instruction.span };
	const changed = before.find((one) => one.kind === 'run' && act.act.reads.some((path) => touchesPath(one, normalizePath(path, '/') ?? '/')));
	return changed && { because: 'this may change what pip reads later, and pip runs in another stage', span: changed.instruction.span };
}

function buildStops(file: Containerfile, act: Of<'build'>, acts: readonly Act[], before: readonly Act[], installsLater: boolean): Refusal | undefined {
	if (installsLater) return { because: 'this comes before an installation, and goes to the stage that makes the root; put it behind the last one', span: act.instruction.span };
	return runStops(file, act, acts, before, false);
}

function runStops(file: Containerfile, act: Of<'run'> | Of<'build'>, acts: readonly Act[], before: readonly Act[], installsLater: boolean): Refusal | undefined {
	const { span } = act.instruction;
	// What is left of a RUN that installs too comes behind: some of it stood before.
	const ahead = act.invocations.filter(
		({ command }) => installsLater || acts.some((one) => one.instruction === act.instruction && isInstall(one) && one.span.start > command.span.start),
	);
	if (ahead.length > 0) {
		const stop = ahead.find((invocation) => !goesBefore(invocation));
		if (stop) return { because: 'this comes before an installation that may see it; put it behind the last installation', span: stop.command.span };
		const packages = acts.flatMap((one) => (one.kind === 'package' && one.act.kind === 'install' ? one.act.packages : []));
		const user = madeUsers(act).find((name) => packages.some((word) => word.startsWith(name) || (Object.hasOwn(usersOf, name) && usersOf[name]?.test(word))));
		if (user !== undefined) return { because: `${user} is made here before a package that may bring it too`, span };
		const taken = ahead.find(takesNumber);
		if (taken)
			return { because: 'this takes a number that a package installed later may take for a user of its own; put it behind the last installation', span: taken.command.span };
	}
	const volume = before.find((one) => one.kind === 'description' && one.instruction.keyword === 'VOLUME' && namesVolume(file, one, act));
	return volume && { because: 'it writes below a VOLUME, which some builders drop; put VOLUME behind it', span };
}

/** Whether an act installs packages of the system. */
export function isInstall(act: Act): act is Of<'package'> {
	return act.kind === 'package' && act.act.kind === 'install';
}

/** A package that is a file of the builder, not a path that a package provides. */
function isLocal(word: string): boolean {
	return /^\/.*\.(?:rpm|deb|apk)$/.test(word);
}

function isBelow(path: string, { destination }: Of<'copy'>): boolean {
	return destination !== undefined && holds(normalizePath(destination, '/') ?? '/', normalizePath(path, '/') ?? '/');
}

/** Whether a COPY fills the folder of a file that pip reads, and that may take in others of it. */
function liesBeside({ act }: Of<'language'>, { destination }: Of<'copy'>): boolean {
	return destination !== undefined && act.reads.some((path) => /\.txt$/.test(path) && posix.dirname(path) !== '/' && holds(posix.dirname(path), destination));
}

/** Files in which pip, or git for it, looks up where packages are and who may have them. */
const pipSettings = ['/etc/pip.conf', '/root/.pip/pip.conf', '/root/.config/pip/pip.conf', '/root/.netrc', '/root/.ssh/config', '/root/.gitconfig'];

function configuresPip({ destination }: Of<'copy'>): boolean {
	const path = destination === undefined ? undefined : normalizePath(destination, '/');
	return path !== undefined && pipSettings.some((one) => one === path || holds(path, one)) && path !== '/';
}

function isTemporary({ destination }: Of<'copy'>): boolean {
	return destination !== undefined && /^\/(?:var\/)?tmp(?:\/|$)/.test(destination);
}

function reads(act: Of<'language'>, { destination }: Of<'copy'>): boolean {
	return act.act.reads.some((path) => destination === undefined || related(normalizePath(path, '/') ?? '/', normalizePath(destination, '/') ?? '/'));
}

/** Whether a command of the package manager names a copied file, or something in a copied folder. */
function mentions(text: string, { destination, instruction }: Of<'copy'>): boolean {
	if (destination === undefined) return false;
	const folder = destination.replace(/\/$/, '');
	return instruction.words.slice(0, -1).some((word) => {
		const name = (word.value ?? word.text).replace(/\/+$/, '').replace(/^.*\//, '');
		const isFolder = !/\w\.\w+$/.test(name) && folder.split('/').length > 2;
		return text.includes(`${folder}/${name}`) || new RegExp(`${literal(folder)}${isFolder ? '' : '(?![\\w/.-])'}`).test(folder === '' ? '' : text);
	});
}

function namesVolume({ text }: Containerfile, { instruction }: Of<'description'>, { run }: Of<'run'> | Of<'build'>): boolean {
	const volumes = (instruction.exec ?? instruction.words).map(({ value, text: written }) => value ?? written);
	return volumes.some((volume) => text.slice(run.instruction.span.start, run.instruction.span.end).includes(volume) || (run.cwd !== undefined && holds(volume, run.cwd)));
}

/** Users and groups of packages that are called otherwise. */
const usersOf: Readonly<Record<string, RegExp>> = {
	mysql: /^(?:mariadb|galera|percona|community-mysql|MariaDB)/i,
	apache: /^(?:httpd|mod_|php|nginx)/,
	named: /^bind/,
	ldap: /^openldap-servers/,
	sshd: /^openssh/,
	dirsrv: /^389-ds/,
	rpc: /^rpcbind/,
	dbus: /^(?:dbus|systemd)/,
};

/** Whether a user or group gets a number that packages take for theirs, the highest below 1000 first. */
function takesNumber({ program, args }: Invocation): boolean {
	if (!/^(?:useradd|groupadd)$/.test(program ?? '')) return false;
	return args.some(({ text }, index) => /^(?:-u|-g|--uid|--gid)$/.test(args[index - 1]?.text ?? '') && /^9\d\d$/.test(text));
}

function madeUsers({ invocations }: Of<'run'> | Of<'build'>): readonly string[] {
	return invocations
		.flatMap(({ program, args }) => (/^(?:useradd|groupadd|adduser|addgroup)$/.test(program ?? '') ? [args.findLast(({ text }) => /^[a-z_][\w-]*$/.test(text))?.text ?? ''] : []))
		.filter((name) => name !== '');
}

/** Commands that put something new somewhere: an installation behind them finds no less. */
const additive = new Set(
	'[ test sync sha1sum sha256sum sha512sum md5sum gpg id mkdir touch echo printf cat useradd groupadd adduser addgroup usermod chpasswd passwd curl wget tar unzip gunzip bunzip2 chmod chown chgrp cd set export true : ulimit localedef git install ln date ls'.split(
		' ',
	),
);

function goesBefore({ program, command, args }: Invocation): boolean {
	// Where a package has a folder, the link would be made inside of that.
	if (program === 'ln' && /^\/(?:usr\/share\/|var\/|etc\/(?!localtime$))/.test(args.at(-1)?.text ?? '')) return false;
	if (program === 'rm') return args.every(({ text }) => /^(?:-\w+|\/(?:var\/)?tmp\/[\w.*/-]+)$/.test(text) && !text.includes('..'));
	return program === undefined ? command.words.length === 0 : additive.has(program) || command.substituted;
}

/** Commands after which nothing that was there before is gone or another's. */
const harmless = new Set(
	'[ test mkdir touch echo printf cat true : set cd export ln useradd groupadd adduser addgroup curl wget tar unzip git ls date ulimit npm node unset sh bash grep head tail tr cut sort uname id which basename dirname'.split(
		' ',
	),
);

function changes({ program, command, args }: Invocation): boolean {
	if (program === undefined) return command.words.length > 0;
	if (program === 'chmod' && !args.some(({ text }) => /^-[a-zA-Z]*R|^--recursive/.test(text))) return false;
	return !harmless.has(program);
}

const fileWise = new Set('mkdir touch chmod chown chgrp ln rm useradd groupadd usermod echo printf set true : export curl wget'.split(' '));

/** Whether a command works only on the files and users that it names. */
export function isPlain({ program, command }: Invocation): boolean {
	return program === undefined ? command.words.length === 0 : fileWise.has(program);
}

/** Whether a RUN may read or change what a COPY brings. In doubt it does. */
function touches(act: Of<'run'>, { destination }: Of<'copy'>): boolean {
	return destination === undefined || touchesPath(act, normalizePath(destination, '/') ?? '/');
}

/** Whether a RUN may read or change what lies at a place. In doubt it does. */
export function touchesPath(act: Of<'run'>, place: string): boolean {
	return act.invocations.some((invocation) => {
		if (!isPlain(invocation)) return true;
		// Users are lines of files below /etc, and have homes.
		if (/^(?:user|group)(?:add|mod)$/.test(invocation.program ?? '') && (place === '/' || place.startsWith('~') || holds('/etc', place) || place === '/home')) return true;
		const words = [...invocation.args.filter(({ text }) => !text.startsWith('-')), ...invocation.command.redirects.flatMap(({ target }) => target ?? [])];
		return words.some(({ value }) => {
			const path = value === undefined ? undefined : absolutePath(value, act.run.cwd);
			return path === undefined || related(normalizePath(path, '/') ?? '/', place);
		});
	});
}
