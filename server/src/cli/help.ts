import { type CommandName, commands } from './commands';
import type { Style } from './style';

/** The help of a command, or of the whole program. */
export function helpOf(command: CommandName | undefined, style: Style): string {
	return command === undefined ? programHelp(style) : commandHelp(command, style);
}

function programHelp(style: Style): string {
	const usages = Object.entries(commands).map(([name, { usage, summary }]) => [`whittle ${`${name} ${usage}`.trim()}`, summary] as const);
	return [
		'Whittle finds what makes container images bigger than they have to be, and repairs it.',
		'',
		style.bold('Commands'),
		...columns([...usages, ['whittle --version', 'print the version'], ['whittle COMMAND --help', 'say more about a command']], style),
		'',
		style.bold('Examples'),
		...columns(
			[
				['whittle lint', 'every Containerfile of this folder and those below'],
				['whittle fix --diff', 'what would be repaired'],
				['whittle fix --suggested app/', 'repair what is below app, suggestions too'],
				['whittle rewrite --list Containerfile', 'which smaller shapes it could have, and why not others'],
				['whittle build Containerfile --platform linux/amd64,linux/arm64 --tag app', 'a manifest list of two images, with podman'],
				['whittle lint --rule docs-installed=off -', 'standard input, without one rule'],
			],
			style,
		),
		'',
		style.bold('In a Containerfile'),
		...columns(
			[
				['# whittle-ignore RULE -- reason', 'above an instruction: not here'],
				['# whittle-ignore-file RULE -- reason', 'not in this file'],
			],
			style,
		),
		'',
		style.bold('In .whittlerc.json, or in package.json below the key "whittle"'),
		'  { "extends": "strict", "rules": { "docs-installed": "off" }, "builder": "podman", "build": { "target": "prod" },',
		'    "overrides": [{ "files": ["legacy/**"], "extends": "images-only" }] }',
		'',
	].join('\n');
}

function commandHelp(name: CommandName, style: Style): string {
	const { usage, summary, details, options } = commands[name];
	const rows = Object.entries(options).map(
		([option, { short, value, optional, help }]) =>
			[`${short === undefined ? '' : `-${short}, `}--${option}${value === undefined ? '' : optional === true ? `[=${value}]` : ` ${value}`}`, help] as const,
	);
	return [
		`${style.bold(`whittle ${`${name} ${usage}`.trim()}`)}: ${summary}`,
		'',
		...details.flatMap((paragraph) => [...wrap(paragraph, lineWidth(style)), '']),
		style.bold('Options'),
		...columns(rows, style),
		'',
	].join('\n');
}

function columns(rows: readonly (readonly [string, string])[], style: Style): readonly string[] {
	const left = Math.max(...rows.map(([first]) => first.length)) + 4;
	return rows.flatMap(([first, second]) => {
		const [start = '', ...more] = wrap(second, Math.max(24, lineWidth(style) - left));
		return [`  ${style.cyan(first)}${' '.repeat(left - 2 - first.length)}${start}`, ...more.map((line) => ' '.repeat(left) + line)];
	});
}

/** Breaks a text at blanks into lines of at most `width` columns; a longer word has its own. */
export function wrap(text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && line.length + 1 + word.length > width) {
			lines.push(line);
			line = word;
		} else line = line === '' ? word : `${line} ${word}`;
	}
	return [...lines, line];
}

/** Text is easier to read in lines that are not too long. */
function lineWidth(style: Style): number {
	return Math.min(100, style.width);
}
