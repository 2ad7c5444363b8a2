import { absolutePath } from '../../model/basics/paths';
import { managersNamed } from '../../model/catalog/packageManagers';
import type { Invocation } from '../../model/commands/invocation';
import { filesWrittenBy, knownValue } from '../../model/files/writtenFiles';
import { isSystemProgram } from '../../model/purpose/ownPrograms';
import { operationOf, type Run } from '../../model/stages/model';
import { lookers } from '../lookers';
import type { Effect } from './ecosystem';

const silent = new Set([...lookers, 'cd', 'umask', 'env', 'find', 'xargs', 'wait', 'ldconfig', 'uniq']);

const editors = new Set('mkdir chmod chown chgrp cp mv ln rm rmdir unlink touch sed tee install truncate'.split(' '));

const fetchers = new Set('curl wget git tar unzip'.split(' '));

const userPrograms = new Set('useradd groupadd adduser addgroup usermod'.split(' '));

/** What a command that belongs to no language leaves; undefined where nobody can tell. `folder`: where it runs. */
export function systemEffect(invocation: Invocation, run: Run, folder: string | undefined): Effect | undefined {
	const { program, command } = invocation;
	if (program === undefined) return command.words.length === 0 && command.redirects.length === 0 ? { kind: 'none' } : undefined;
	const redirected = redirectTargets(invocation, run, folder);
	if (redirected === undefined) return undefined;
	const operation = operationOf(run, invocation);
	if (operation?.managers.some(({ family }) => family !== undefined)) return redirected.length === 0 && operation.root === undefined ? { kind: 'packages', operation } : undefined;
	if (managersNamed(program).length > 0) return undefined;
	if (userPrograms.has(program)) return userEffect(invocation);
	if (fetchers.has(program)) {
		const verb = invocation.args[0]?.value ?? '';
		if (program === 'git' && /^(?:config|--version)$/.test(verb)) return undefined;
		if (program === 'git' && /^(?:submodule|checkout|switch|reset|pull|fetch|apply|am|init|clean|lfs)$/.test(verb) && folder !== undefined)
			return { kind: 'make', writes: [folder] };
		const writes = [...filesWrittenBy(invocation, run, folder).map((path) => path.replace(/\/…$/, '')), ...unpackedHere(invocation, run, folder)];
		if (writes.length === 0 && isToOutput(invocation, run)) return { kind: 'none' };
		return writes.length > 0 ? { kind: 'make', writes, isFile: program === 'curl' || program === 'wget' } : undefined;
	}
	if (/^(?:locale-gen|localedef|update-locale)$/.test(program))
		return { kind: 'edit', paths: ['/usr/lib/locale', '/etc/default/locale', ...redirected], makesFolders: false, owns: false };
	if (editors.has(program)) return editEffect(invocation, run, folder, redirected);
	if (!silent.has(program) || invocation.moreArguments) return undefined;
	if (program === 'find' && invocation.args.some(({ text }) => /^-(?:delete|exec|execdir|ok)$/.test(text))) return undefined;
	return redirected.length > 0 ? { kind: 'edit', paths: redirected, makesFolders: false, owns: false } : { kind: 'none' };
}

/** Where tar and unzip unpack that are told no folder. */
function unpackedHere({ program, args, command, moreArguments }: Invocation, run: Run, folder: string | undefined): readonly string[] {
	const values = args.map((word) => knownValue(word, run) ?? '-?');
	if (folder === undefined || command.substituted || moreArguments || (program !== 'tar' && program !== 'unzip')) return [];
	if (program === 'unzip') return values.some((value) => /^-(?:[a-z]*[dlptvz]|\?)/.test(value)) ? [] : [folder];
	const unpacks = values.some((value, index) => /^--(?:extract|get)$|^-[a-zA-Z]*x/.test(value) || (index === 0 && /^[a-zA-Z]*x[a-zA-Z]*$/.test(value)));
	return unpacks && !values.some((value) => /^-[a-zA-Z]*[CO]|^--(?:directory|to-stdout|one-top-level)|^-\?/.test(value)) ? [folder] : [];
}

/** Whether curl or wget prints what it fetches, into a pipe, and to no shell. */
function isToOutput({ program, args, command, moreArguments }: Invocation, run: Run): boolean {
	const isRun = run.invocations.some((other) => other.command.statement === command.statement && /^(?:ba|da)?sh$|^python|^perl$/.test(other.program ?? ''));
	if (isRun || moreArguments || command.redirects.some(({ operator }) => operator.includes('>'))) return false;
	const texts = args.map(({ text }) => text);
	if (program === 'wget')
		return texts.some(
			(text, index) => /^-[a-zA-Z]*O-$/.test(text) || (/^-[a-zA-Z]*O$|^--output-document$/.test(text) && texts[index + 1] === '-') || text === '--output-document=-',
		);
	return program === 'curl' && !texts.some((text) => /^-[a-zA-Z]*[oOJKcD]|^--(?:output|remote|config|cookie-jar|dump-header|trace|etag|hsts|alt-svc)/.test(text));
}

/** Whether a command that neither package manager nor language knows runs on any image with coreutils. */
export function isPlain(program: string): boolean {
	return silent.has(program) || editors.has(program) || userPrograms.has(program) || isSystemProgram(program);
}

/** What output goes to; undefined where the place of some is not known. */
function redirectTargets({ command }: Invocation, run: Run, folder: string | undefined): readonly string[] | undefined {
	const paths: string[] = [];
	for (const { operator, target } of command.redirects) {
		if (!target || !/>/.test(operator) || /^[<>]+&/.test(operator)) continue;
		const value = knownValue(target, run);
		const path = value === undefined ? undefined : absolutePath(value, folder);
		if (path === undefined) return undefined;
		if (!path.startsWith('/dev/')) paths.push(path);
	}
	return paths;
}

function editEffect({ program, args, moreArguments }: Invocation, run: Run, folder: string | undefined, redirected: readonly string[]): Effect | undefined {
	if (moreArguments) return undefined;
	const values = args.map((word) => knownValue(word, run));
	if (values.includes(undefined) || values.some((value) => /^-[a-zA-Z]*t$|^--target-directory/.test(value ?? '') && program !== 'rm')) return undefined;
	const operands = values.filter((value): value is string => value !== undefined && !value.startsWith('-'));
	const isMode = program === 'chmod' || program === 'chown' || program === 'chgrp' || program === 'sed';
	const named = isMode
		? operands.slice(1)
		: (program === 'install' && values.includes('-m')) || values.includes('-m')
			? operands.filter((one) => !/^[0-7]{3,4}$/.test(one))
			: operands;
	// What is copied stays as it is; what a link points to is not touched.
	const touched = program === 'cp' || program === 'install' || program === 'ln' ? named.slice(-1) : named;
	const paths = touched.map((path) => absolutePath(path.replace(/[^/]*[*?[].*$/, '*'), folder));
	if (paths.includes(undefined)) return undefined;
	const owns = program === 'chown' || program === 'chgrp' || program === 'chmod';
	return { kind: 'edit', paths: [...redirected, ...paths.filter((path) => path !== undefined)], makesFolders: program === 'mkdir', owns };
}

function userEffect({ program = '', args }: Invocation): Effect | undefined {
	const texts = args.flatMap(({ value }) => value ?? []);
	if (texts.length < args.length || program === 'usermod') return undefined;
	// The name can stand before or behind the options, whose values count as names here: too many do no harm.
	const names = texts.filter((text) => /^[a-z_][\w-]*$/i.test(text));
	const number = program.includes('user') ? /(?:^|\s)(?:-[a-zA-Z]*u|--uid)[ =]?\d+(?:\s|$)/ : /(?:^|\s)(?:-[a-zA-Z]*g|--gid)[ =]?\d+(?:\s|$)/;
	return names.length === 0 ? undefined : { kind: 'user', names, numbered: number.test(texts.join(' ')) };
}
