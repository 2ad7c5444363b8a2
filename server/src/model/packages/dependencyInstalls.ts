import type { Invocation } from '../commands/invocation';
import { operationOf, type Run } from '../stages/model';

/** The tools that install what a project's own files name. */
export type DependencyTool = 'npm' | 'yarn' | 'pnpm' | 'pip' | 'go' | 'bundle' | 'composer' | 'cargo' | 'mvn' | 'poetry' | 'uv' | 'pipenv';

/** A command that installs what a project's manifest names, whatever the project's own sources are. */
export interface DependencyInstall {
	readonly run: Run;
	readonly invocation: Invocation;
	readonly tool: DependencyTool;
	/** Index of the argument that says what it does: `install`; undefined where the program alone does. */
	readonly verb: number | undefined;
	/** The project itself is installed too, which needs its sources. */
	readonly installsProject: boolean;
}

/** What a tool calls installing; `needs`: an option without which it installs the project itself too, which needs its sources. */
const tools: readonly { readonly tool: DependencyTool; readonly programs: RegExp; readonly verbs: RegExp; readonly alone?: true; readonly needs?: RegExp }[] = [
	{ tool: 'npm', programs: /^npm$/, verbs: /^(?:install|i|ci|clean-install|install-clean)$/ },
	{ tool: 'yarn', programs: /^yarn(?:pkg)?$/, verbs: /^install$/, alone: true },
	{ tool: 'pnpm', programs: /^pnpm$/, verbs: /^(?:install|i|ci)$/ },
	{ tool: 'bundle', programs: /^bundler?$/, verbs: /^install$/, alone: true },
	{ tool: 'composer', programs: /^composer(?:\.phar)?$/, verbs: /^(?:install|i)$/ },
	{ tool: 'poetry', programs: /^poetry$/, verbs: /^install$/, needs: /^--no-root$|^--only-root$/ },
	{ tool: 'uv', programs: /^uv$/, verbs: /^sync$/, needs: /^--no-install-(?:project|workspace)$/ },
	{ tool: 'pipenv', programs: /^pipenv$/, verbs: /^(?:install|sync)$/ },
	{ tool: 'cargo', programs: /^cargo$/, verbs: /^fetch$/ },
	{ tool: 'mvn', programs: /^mvnw?$/, verbs: /^dependency:(?:go-offline|resolve|resolve-plugins)$/ },
];

/** Options whose value is the next word. */
const valued =
	/^(?:--prefix|-C|--cache|--registry|--loglevel|--omit|--include|--only|-w|--workspace|--cwd|--cache-folder|--modules-folder|--network-timeout|--network-concurrency|--mutex|--dir|--filter|-F|--store-dir|--jobs|-j|--retry|--path|--without|--with|--gemfile|-d|--working-dir|--extra|--group|--only-group|--no-group|-p|--python|-E|--extras|-f|-s|--settings|-P|--userconfig)$/;

/** Options with which something else is done, or what is installed lies in the project itself. */
const otherwise = /^(?:-g|--global|--location=global|--help|-h|--version|-V|--offline|--local|--gemfile(?:=.*)?|--dry-run|--package-lock-only|--lockfile-only)$/;

/** Reads a command as one that installs what a manifest names; undefined for any other, one that names packages too, and one whose arguments are not all known. */
export function readDependencyInstall(run: Run, invocation: Invocation): DependencyInstall | undefined {
	const { program, args, command } = invocation;
	if (program === undefined || command.substituted || command.conditional || invocation.moreArguments) return undefined;
	if (/^pip(?:[23](?:\.\d+)?)?$/.test(program)) return fromRequirements(run, invocation);
	if (program === 'go')
		return args[0]?.value === 'mod' && args[1]?.value === 'download' && args.length === 2 ? { run, invocation, tool: 'go', verb: 1, installsProject: false } : undefined;
	const known = tools.find(({ programs }) => programs.test(program));
	if (!known || args.some(({ value, text }) => value === undefined && !/^["']?-?-?[\w-]+=/.test(text))) return undefined;
	const operands = args.flatMap(({ value = '' }, index) => (value.startsWith('-') || valued.test(args[index - 1]?.value ?? '') ? [] : [index]));
	const [verb, other] = operands;
	const isVerb = verb === undefined ? known.alone === true : known.verbs.test(args[verb]?.value ?? '');
	if (!isVerb || other !== undefined || args.some(({ value }) => otherwise.test(value ?? ''))) return undefined;
	const { tool, needs } = known;
	return { run, invocation, tool, verb, installsProject: needs !== undefined && !args.some(({ value }) => needs.test(value ?? '')) };
}

/** `pip install -r requirements.txt`, with nothing else to install. */
function fromRequirements(run: Run, invocation: Invocation): DependencyInstall | undefined {
	const values = invocation.args.map(({ value }) => value);
	const verb = values.indexOf('install');
	const files = values.filter((value, index) => /^(?:-r|--requirement)$/.test(values[index - 1] ?? '') || /^(?:-r|--requirement=)./.test(value ?? ''));
	const isOwn = values.some((value) => value === undefined || /^(?:-e|--editable|\.|\.\[.*|\.\/(?!.*\.txt$).*|--find-links.*|-f)$/.test(value));
	return verb < 0 || files.length === 0 || isOwn || files.some((file) => /:\/\//.test(file ?? '')) ? undefined : { run, invocation, tool: 'pip', verb, installsProject: false };
}

/** Commands that neither read a project's sources nor write what its manifests say. */
const harmless = new Set(
	'cd mkdir echo export set unset true : ls pwd whoami chown chmod chgrp useradd groupadd usermod groupmod adduser addgroup test [ date env id which apt-key add-apt-repository locale-gen update-ca-certificates corepack rm sleep'.split(
		' ',
	),
);

/** Whether a command leaves open what a manifest says and needs none of the sources, so that it may stand before the installation whatever is copied. */
export function leavesManifests(run: Run, invocation: Invocation): boolean {
	const { program, args } = invocation;
	if (program === undefined || harmless.has(program)) return true;
	const values = args.map(({ value }) => value);
	const operation = operationOf(run, invocation);
	if (operation?.managers.some(({ family }) => family !== undefined)) return true;
	if (/^pip(?:[23](?:\.\d+)?)?$/.test(program))
		return (
			operation?.action === 'install' && values.every((value) => value !== undefined && !/^(?:-[ercf]|--.*(?:requirement|editable|find-links|constraint).*|\..*|\/.*)$/.test(value))
		);
	if (/^(?:npm|yarn|pnpm)$/.test(program))
		return values.some((value) => value === '-g' || value === '--global') || /^(?:global|config|set|cache|--version|-v)$/.test(values[0] ?? '');
	const [verb = ''] = values;
	if (/^(?:gem|bundle|composer|pipx)$/.test(program)) return /^(?:config|install|update|self-update|global|clear-cache|--version|-v)$/.test(verb);
	return /^(?:poetry|uv|pipenv|go|cargo)$/.test(program) && /^(?:config|self|env|version|cache|--version)$/.test(verb);
}
