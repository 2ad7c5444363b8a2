import { absolutePath, holds } from '../../model/basics/paths';
import { isBuildPackage } from '../../model/catalog/buildTools';
import { fetchTools } from '../../model/catalog/compilers';
import type { Invocation } from '../../model/commands/invocation';
import { isBuildTool, type Operation } from '../../model/commands/operation';
import { filesWrittenBy } from '../../model/files/writtenFiles';
import { packageName } from '../../model/packages/installs';
import type { Run, StageModel } from '../../model/stages/model';
import type { Word } from '../../text/span';
import { lookers } from '../lookers';
import type { Refusal } from '../rewrite';
import { fixedValue } from './places';

/** What the RUNs of a stage leave that a program may need besides itself. */
export interface Acts {
	/** Some RUN works on files, so that what is copied before it has to be there. */
	readonly touches: boolean;
	/** Folders and files that have to be brought along. */
	readonly kept: ReadonlySet<string>;
	/** Packages that only fetching and building need, as far as their names tell. */
	readonly tools: readonly string[];
	readonly certificates: boolean;
	readonly zones: boolean;
	/** The users that are made, with their home folders, which are there or not. */
	readonly users: ReadonlyMap<string, string>;
}

/** What an act may be about: the programs that ship, the folders of their sources, whether the stage compiles at all. */
export interface Subject {
	readonly binaries: ReadonlySet<string>;
	readonly trees: readonly string[];
	readonly compiles: boolean;
	/** Places of the files that COPY brought. */
	readonly copied: readonly string[];
}

/** Programs that look, say something or set up their own shell. */
const harmless = new Set([...lookers, 'cd', 'sed', 'awk', 'find', 'xargs', 'read', 'env', 'gpg', 'shopt', 'umask']);

/** Programs that compile, check or fetch sources, and leave nothing else outside of their caches and of the folder they run in. */
const building = /^(?:go|gofmt|golint|cargo|rustup|rustc|gcc|g\+\+|cc|c\+\+|clang|clang\+\+|strip|upx|update-ca-certificates|update-ca-trust|glide|dep|godep|protoc|pkg-config)$/;

/** Folders in which builds keep what nothing reads later. */
const scratchFolders = ['/tmp', '/var/tmp', '/root', '/usr/src', '/var/cache', '/var/lib/apt', '/var/log', '/usr/local/go', '/usr/local/cargo', '/usr/local/rustup', '/go'];

const userPrograms = /^(?:useradd|adduser|groupadd|addgroup|usermod)$/;

/** Reads what the RUNs of a stage do; a refusal at the first of which that is not known. */
export function readActs(stage: StageModel, subject: Subject): Acts | Refusal {
	const found = { touches: false, kept: new Set<string>(), tools: new Set<string>(), certificates: false, zones: false, users: new Map<string, string>() };
	for (const run of stage.runs) {
		const { script } = run.instruction;
		if (!script || script.broken || run.instruction.onbuild) return { because: 'this is not a command that could be read', span: run.instruction.span };
		let cwd = run.cwd;
		for (const invocation of run.invocations) {
			const { program, command, args } = invocation;
			if (command.substituted || invocation.name === undefined) continue;
			const refuse = (because: string): Refusal => ({ because, span: command.span });
			if (program === 'cd' && args[0]) cwd = absolutePath(fixedValue(args[0], run, stage) ?? '', command.topLevel ? cwd : undefined);
			const operation = run.operations.find((one) => one.invocation === invocation && !isBuildTool(one));
			if (operation) {
				const because = readPackages(operation, subject, found);
				if (because) return refuse(because);
				continue;
			}
			if (program !== undefined && userPrograms.test(program)) {
				const name = args.findLast(({ text }) => !text.startsWith('-'))?.value;
				if (name) found.users.set(name, homeOf(args) ?? `/home/${name}`);
				continue;
			}
			const place = (word: Word): string | undefined => {
				const value = fixedValue(word, run, stage);
				return value === undefined ? undefined : absolutePath(value, cwd);
			};
			const because = readFileAct(invocation, run, cwd, place, subject, found);
			if (because) return refuse(because);
			for (const { operator, target } of command.redirects) {
				if (!target || !/^&?>/.test(operator) || /^[&\d]/.test(target.text)) continue;
				const path = place(target);
				if (path === undefined) return refuse(`where ${target.text} is written is not known`);
				if (!/^\/dev\//.test(path) && !isInside(path, subject)) found.kept.add(path);
				found.touches = true;
			}
		}
	}
	return { ...found, tools: [...found.tools] };
}

/** The home folder that a command which makes a user names. */
function homeOf(args: readonly Word[]): string | undefined {
	const at = args.findIndex(({ text }) => /^(?:-h|-d|--home|--home-dir)$/.test(text));
	const glued = args.find(({ text }) => /^--home(?:-dir)?=/.test(text))?.value?.replace(/^[^=]*=/, '');
	const path = at < 0 ? glued : args[at + 1]?.value;
	return path?.startsWith('/') ? path : undefined;
}

type Found = { touches: boolean; kept: Set<string>; tools: Set<string>; certificates: boolean; zones: boolean };

/** Takes note of what a package manager installs; says what stops. */
function readPackages(operation: Operation, { compiles }: Subject, found: Found): string | undefined {
	const family = operation.managers[0]?.family;
	if (!family) return `what ${operation.program} installs may be needed at run time`;
	if (operation.action === 'remove') {
		for (const { value = '' } of operation.operands) {
			if (/^ca-certificates(?:-bundle)?$/.test(value)) return `${value} is removed again, and what is left of it is not known`;
			if (value === 'tzdata') found.zones = false;
		}
	}
	if (operation.action !== 'install') return undefined;
	for (const { value, text } of operation.operands) {
		const name = packageName(value ?? text).replace(/[~@].*$/, '');
		if (name === 'ca-certificates' || name === 'ca-certificates-bundle') found.certificates = true;
		else if (name === 'tzdata') found.zones = true;
		else if (value === undefined || !compiles) return `${text} is installed, and the program may need it; leave it out where it does not`;
		else if (fetchTools.has(name)) found.tools.add(name);
		else if (!isBuildPackage(value, family)) return `${text} is installed, and the program may need it`;
	}
	return undefined;
}

function isInside(path: string, { trees, compiles }: Subject): boolean {
	return [...trees, ...(compiles ? scratchFolders : ['/tmp', '/var/tmp', '/var/cache', '/var/log', '/var/lib/apt'])].some((tree) => holds(tree, path));
}

/** Whether a folder is one that a program of the image's own keeps something in, as nobody makes those of package managers. */
function isState(path: string, { trees, compiles }: Subject): boolean {
	return (
		(compiles ? /^\/var\/(?:cache|log)\/(?!apt|apk|dnf|yum)./ : /^\/(?:var\/(?:cache|log|tmp)|tmp)\/(?!apt|apk|dnf|yum)./).test(path) && !trees.some((tree) => holds(tree, path))
	);
}

function readFileAct(invocation: Invocation, run: Run, cwd: string | undefined, place: (word: Word) => string | undefined, subject: Subject, found: Found): string | undefined {
	const { program, args } = invocation;
	const operands = args.filter(({ text }) => !text.startsWith('-') && !text.startsWith('+'));
	const isOwn = (path: string | undefined) => path !== undefined && [...subject.binaries].some((binary) => binary === path);
	if (program === undefined) return 'which program runs here is not known';
	if (harmless.has(program) && !(program === 'sed' && args.some(({ text }) => /^-\w*i|^--in-place/.test(text)))) return undefined;
	found.touches = true;
	if (invocation.name && isOwn(place(invocation.name))) return undefined;
	const known = (path: string) => isInside(path, subject) || isOwn(path) || [...found.kept, ...subject.copied].some((one) => holds(one, path));
	switch (program) {
		case 'rm':
		case 'rmdir':
			for (const word of operands) {
				const path = place(word);
				for (const one of found.kept) if (path !== undefined && holds(path, one)) found.kept.delete(one);
			}
			return undefined;
		case 'mkdir':
		case 'touch':
			for (const word of operands) {
				const path = place(word);
				if (path === undefined) return `where ${word.text} is made is not known`;
				if (!isInside(path, subject) || isState(path, subject)) found.kept.add(path);
			}
			return undefined;
		case 'chown':
		case 'chgrp':
		case 'chmod':
		case 'sed': {
			const paths = operands.slice(1).map(place);
			if (paths.some((path) => path === undefined || !known(path))) return `what ${program} changes is not only what ships`;
			const tree =
				program === 'chown' || program === 'chgrp'
					? paths.find((path) => path !== undefined && subject.trees.some((one) => holds(path, one) || holds(one, path)) && !isOwn(path))
					: undefined;
			return tree === undefined ? undefined : `${tree} is given to somebody, so the program may write there`;
		}
		case 'cp':
		case 'mv':
		case 'install': {
			const path = operands.length === 2 && operands[1] ? place(operands[1]) : undefined;
			const source = operands.length === 2 && operands[0] ? place(operands[0])?.replace(/^.*\//, '') : undefined;
			if (path === undefined || source === undefined) return `where ${program} puts files is not known`;
			return known(path) || isOwn(`${path === '/' ? '' : path}/${source}`) ? undefined : `${path} is put into the image, and whether it is all that the program reads is not known`;
		}
		case 'git':
			if (!/^(?:clone|init|submodule|checkout|fetch)$/.test(args[0]?.value ?? '')) return undefined;
			break;
		case 'curl':
		case 'wget':
		case 'tar':
		case 'unzip':
			break;
		case 'go':
			if (args[0]?.value !== 'run') return undefined;
			return args.some(({ value }) => value?.replace(/^-[^=]*=/, '').startsWith('/') && !known(value.replace(/^-[^=]*=/, '')))
				? 'what go run writes there may be needed at run time'
				: undefined;
		default:
			return building.test(program) ? undefined : `what ${program} leaves in the image is not known`;
	}
	const written = filesWrittenBy(invocation, run, cwd);
	const stays = written.length > 0 ? written.every(known) : cwd !== undefined && isInside(cwd, subject);
	if (!stays) return `what ${program} fetches or unpacks may be needed at run time`;
	return undefined;
}
