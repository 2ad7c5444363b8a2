/** An option of the command line. */
export interface OptionSpec {
	/** What stands for its value in the help; absent for one that takes none. */
	readonly value?: string;
	/** The value may be left off; it is given behind `=` only. */
	readonly optional?: boolean;
	readonly short?: string;
	/** May be given more than once. */
	readonly many?: boolean;
	/** The only values that it takes. */
	readonly choices?: readonly string[];
	readonly help: string;
}

/** A command of the command line. */
export interface CommandSpec {
	/** What follows the command's name. */
	readonly usage: string;
	readonly summary: string;
	/** Paragraphs for its own help. */
	readonly details: readonly string[];
	readonly options: Readonly<Record<string, OptionSpec>>;
	/** Options that are not listed are handed on. */
	readonly anyOption?: boolean;
}

/** The names of the commands. */
export type CommandName = 'lint' | 'fix' | 'rewrite' | 'bases' | 'build' | 'explain' | 'rules' | 'lsp';

const help: OptionSpec = { short: 'h', help: 'print this help' };

const circumstances: Readonly<Record<string, OptionSpec>> = {
	config: { value: 'FILE', help: 'read this configuration, instead of the nearest .whittlerc.json, or package.json with a "whittle" key, upward from each file' },
	builder: { value: 'NAME', help: 'who builds: any (the default), podman, podman@4.3 (or another version) or buildkit' },
	target: { value: 'STAGE', help: 'the stage that is built, instead of the last one' },
	'stdin-filename': { value: 'NAME', help: 'the name of what comes on standard input' },
};

const settings: Readonly<Record<string, OptionSpec>> = {
	rule: { value: 'ID=LEVEL', many: true, help: 'give a rule another level: error, warning, info, hint or off (any number of times)' },
	...circumstances,
};

const yesOrNo = { value: 'BOOL', optional: true, choices: ['true', 'false'] } as const;

/** Options of `podman build`, with the meaning that they have there. */
const podmanOptions: Readonly<Record<string, OptionSpec>> = {
	squash: { help: 'one layer for what is built on the base image' },
	'squash-all': { help: 'one layer for everything' },
	layers: { ...yesOrNo, help: 'a layer for each instruction: true (the default of podman) or false' },
	'no-cache': { help: 'build everything anew' },
	pull: { value: 'POLICY', choices: ['always', 'missing', 'never', 'newer'], help: 'whether base images are pulled: always, missing, never or newer' },
	network: { value: 'MODE', help: 'the network of RUN instructions, such as host or none' },
	authfile: { value: 'PATH', help: 'a file with credentials for registries; Whittle does not read it' },
	'tls-verify': { ...yesOrNo, help: 'whether registries have to speak HTTPS with a certificate that is trusted' },
	'build-arg': { value: 'NAME=VALUE', many: true, help: 'the value of an ARG (any number of times); no place for a secret, the image keeps it' },
	secret: { value: 'id=NAME,src=PATH', many: true, help: 'a secret for RUN --mount=type=secret (any number of times)' },
	ignorefile: { value: 'PATH', help: 'what of the context is not sent, instead of the ignore file that podman finds' },
	timestamp: { value: 'SECONDS', help: 'the time of creation, and of all files, since 1970' },
	format: { value: 'NAME', choices: ['oci', 'docker'], help: 'oci (the default) or docker, which keeps HEALTHCHECK, SHELL and ONBUILD' },
	sbom: { value: 'PRESET', help: 'make a bill of materials; podman 5.7 and later do' },
	jobs: { value: 'NUMBER', help: 'how many stages are built at a time' },
};

const pathsHelp = [
	'PATH is a file, a folder or - for standard input; without one, the current folder. A folder is searched for Containerfile, Dockerfile, Containerfile.*, Dockerfile.*, *.containerfile and *.dockerfile in any case, not in .git and node_modules. A file that is named is taken whatever its name is.',
];

/** Every command with its options: what is parsed, and what the help says. */
export const commands: Readonly<Record<CommandName, CommandSpec>> = {
	lint: {
		usage: '[PATH…]',
		summary: 'say what makes the images bigger than they have to be',
		details: [
			...pathsHelp,
			'A baseline holds what is known to be there, so that only new findings are told: by file, rule and what the instruction says, not by line. --write-baseline makes one, or makes it anew, of what is found now. What it holds and is no longer found is named on standard error.',
			'Exit status: 0 nothing at or above --fail-on; 1 findings, or a file that does not parse; 2 something could not be read or run (also when there are findings). What could not be read is named on standard error; the rest is looked at all the same.',
		],
		options: {
			format: { value: 'NAME', choices: ['text', 'json', 'sarif', 'github'], help: 'text (the default), json, sarif (2.1.0) or github (annotations of a workflow)' },
			baseline: { value: 'FILE', help: 'tell only what is not in this baseline' },
			'write-baseline': { value: 'FILE', help: 'print nothing, write what is found into a baseline' },
			'fail-on': { value: 'LEVEL', choices: ['warning', 'info', 'hint'], help: 'the least level that makes the exit status 1: warning (the default), info or hint' },
			...settings,
			help,
		},
	},
	fix: {
		usage: '[PATH…]',
		summary: 'repair what is safe to repair',
		details: [
			...pathsHelp,
			'Safe repairs leave what the image does as it is. --suggested adds those that are almost always wanted but drop something that could have been relied on, such as recommended packages. What changes how an image is built is never done here.',
			'Files are replaced at once and keep their mode and line endings. Standard input is repaired to standard output.',
			'Repairs are made in passes until nothing is left to do. Where they go in a circle, the text of the last good pass stays, standard error says so, and the exit status is not touched by it: every repair that was made is a sound one.',
			'Exit status: 0 done, whatever is left; 2 something could not be read, written or run. The rest is repaired all the same.',
		],
		options: {
			suggested: { help: 'make the suggested repairs too' },
			diff: { help: 'write no file, print a unified diff' },
			stdout: { help: 'write no file, print the repaired text (of one file)' },
			...settings,
			help,
		},
	},
	rewrite: {
		usage: 'ID FILE | --list [PATH…]',
		summary: 'give a whole file a smaller shape, or say why not',
		details: [
			'ID is a rewrite, FILE a Containerfile or - for standard input. The new file goes to standard output and nothing is written; what is proposed, what it saves and what it rests on go to standard error. What it rests on is for a person to check: Whittle builds nothing.',
			'A rewrite that cannot be made with certainty is refused, at the line that stops it. A `rewrite` setting names the image to ship on instead of scratch: { "rewrite": { "finalBase": "IMAGE" } }.',
			'--list says for a file of every rewrite whether it is offered, and why not; for folders and several files it counts, and names the most common reasons. Without a PATH it lists the rewrites.',
			'Exit status: 0 done; 2 refused, or something could not be read, written or run.',
		],
		options: {
			list: { help: 'say which rewrites are offered' },
			stdout: { help: 'write no file, print the new one (the default)' },
			diff: { help: 'write no file, print a unified diff' },
			write: { help: 'write the file' },
			format: { value: 'NAME', choices: ['text', 'json'], help: 'with --list: text (the default) or json' },
			...circumstances,
			help,
		},
	},
	bases: {
		usage: '[PATH…]',
		summary: 'say which base images the images stand on, and what one for all would share',
		details: [
			...pathsHelp,
			'Counts the bases that ship, how many Containerfiles each has, and which are variants of the same image; bases of stages that only build are told apart. Different spellings of one image are one. A base whose name only the build knows is listed with its files, as it is written.',
			'Exit status: 0 done; 2 something could not be read or run. The rest is counted all the same.',
		],
		options: {
			format: { value: 'NAME', choices: ['text', 'json'], help: 'text (the default) or json' },
			config: circumstances['config'] as OptionSpec,
			target: circumstances['target'] as OptionSpec,
			'stdin-filename': circumstances['stdin-filename'] as OptionSpec,
			help,
		},
	},
	build: {
		usage: 'FILE',
		summary: 'build an image with podman, or a manifest list for several platforms',
		details: [
			'FILE is a Containerfile. A list is built under a name of its own and takes the wanted one only when it has each platform once, so that neither a failure nor an old entry gets into it.',
			'Platforms that the machine cannot run need an emulator on it (qemu-user-static), or a connection to a machine of that kind: several --connection give each platform the one that is native for it.',
			'What podman says goes to standard error while it builds. Ctrl-C ends it and removes what was half made.',
			"Exit status: 0 done; 2 nothing could be built; 130 cancelled; else podman's own, which is that of the command where a RUN fails.",
		],
		options: {
			tag: { value: 'NAME', short: 't', help: 'the name of what is built' },
			manifest: { value: 'NAME', help: 'the same, where it has to be a manifest list' },
			platform: { value: 'PLATFORM', many: true, help: 'linux/arm64 or the like; any number of times, or with commas between' },
			connection: { value: 'NAME', many: true, help: 'the podman connection to build on (any number of times); PLATFORM=NAME says what it is for' },
			farm: { value: 'NAME', help: 'the podman farm to build on' },
			push: { value: 'NAME', optional: true, help: 'push what was built, to its own name or --push=NAME' },
			context: { value: 'DIR', help: "the build context, instead of FILE's folder" },
			'dry-run': { help: 'run nothing, print the commands for a shell, one a line' },
			json: { help: 'print what was built (with --dry-run: the plan) as JSON' },
			podman: { value: 'PROGRAM', help: 'the podman to run' },
			target: { value: 'STAGE', help: 'the stage that is built, instead of the last one' },
			...podmanOptions,
			config: { value: 'FILE', help: 'read this configuration, instead of the nearest .whittlerc.json, or package.json with a "whittle" key, upward from FILE' },
			help,
		},
	},
	explain: {
		usage: 'ID',
		summary: 'say why a rule or a rewrite is there, with an example',
		details: ['Exit status: 0, or 2 for one that does not exist.'],
		options: { help },
	},
	rules: {
		usage: '',
		summary: 'list the rules',
		details: [],
		options: { format: { value: 'NAME', choices: ['text', 'json'], help: 'text (the default) or json' }, help },
	},
	lsp: {
		usage: '--stdio',
		summary: 'run the language server, for an editor',
		details: ['Speaks the Language Server Protocol on standard input and output. Editors start this themselves.'],
		options: { stdio: { help: 'use standard input and output (the default)' }, help },
		anyOption: true,
	},
};
