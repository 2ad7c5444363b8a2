import { type Argument, askForId, askForIds, type Must, type Plan, type Step } from './plan';
import { withoutVariant } from './platforms';

/** A plan as commands for a POSIX shell, one a line, joined by `&&`: each ends with an error where the plan would. Lanes stand one below the other. */
export function shellOf({ folder, rows, remarks }: Plan): readonly string[] {
	const steps = rows.flatMap((lanes) => lanes.flatMap((lane) => lane.steps));
	const lines = [...(folder === undefined ? [] : [`mkdir -p ${quoted(folder)}`]), ...steps.map(lineOf), ...(folder === undefined ? [] : [`rm -r ${quoted(folder)}`])];
	// Not `set -e`, which would close the terminal of somebody who pastes this.
	return [...remarks.map((remark) => `# ${remark.replace(/\s+/g, ' ')}`), ...lines.map((line, index) => (index < lines.length - 1 ? `${line} &&` : line))];
}

/** A word as a shell gives it to a program as it is, line ends too. */
export function quoted(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function lineOf(step: Step): string {
	const command = [step.program, ...step.args].map((argument) => (typeof argument === 'string' ? quoted(argument) : unknown(argument, step.program))).join(' ');
	const line = checked(command, step.must);
	return step.unless === undefined ? line : `${step.unless.map(quoted).join(' ')} >/dev/null 2>&1 || ${line}`;
}

/** A command whose answer is known only then. */
function unknown(argument: Exclude<Argument, string>, program: string): string {
	const found =
		'contentOf' in argument
			? `cat ${quoted(argument.contentOf)}`
			: 'idOf' in argument
				? [program, ...argument.options, ...askForId, argument.idOf].map(quoted).join(' ')
				: argument.byId === true
					? idOf(argument, program)
					: digestOf(argument, program);
	return `${argument.before === '' ? '' : quoted(argument.before)}"$(${found})"`;
}

/** Prints the ID of the image that one platform's entry means. */
function idOf(argument: Extract<Argument, { memberOf: string }>, program: string): string {
	return `${[program, ...argument.options, ...askForIds].map(quoted).join(' ')} | sed -n "s/^$(${digestOf(argument, program)}) //p" | head -n 1`;
}

/** Prints the digest of one platform's entry: the list without blanks, an object a line, has an entry's platform right below its digest. */
function digestOf({ memberOf, platform, options }: Extract<Argument, { memberOf: string }>, program: string): string {
	const list = [program, ...options, 'manifest', 'inspect', memberOf].map(quoted).join(' ');
	const entry = platformPattern(platform);
	return `${list} | tr -d ' \\n' | tr '{' '\\n' | sed -n ${quoted(`/"digest"/{s/.*"digest":"//;s/".*//;h;};/${entry}/{g;p;}`)}`;
}

function checked(command: string, must: Must | undefined): string {
	switch (must?.kind) {
		case undefined:
			return command;
		case 'status': {
			const failed = `{ echo ${quoted(must.otherwise)} >&2; false; }`;
			return must.status === 0 ? `${command} || ${failed}` : `{ ${command}; [ $? -eq ${must.status} ]; } || ${failed}`;
		}
		case 'platform':
			return `${command} | grep ${quoted(must.platform === '' ? '.' : `^${literal(withoutVariant(must.platform))}\\( \\|$\\)`)}`;
		case 'list': {
			const count = `tr -d ' \\n' | tr '{' '\\n' | grep -c`;
			const each = must.platforms.map((platform) => `[ "$(${command} | ${count} ${quoted(platformPattern(platform))})" = 1 ]`);
			return [...each, `[ "$(${command} | ${count} '"architecture":')" = ${must.platforms.length} ]`].join(' && ');
		}
	}
}

/** What a platform is in a list without blanks, for grep and sed. */
function platformPattern(platform: string): string {
	const [system = '', architecture = '', variant] = platform.split('/').map(literal);
	return `"architecture":"${architecture}","os":"${system}"${variant === undefined ? '}' : `,"variant":"${variant}"}`}`.replaceAll('/', '\\/');
}

function literal(text: string): string {
	return text.replace(/[.*[\]^$\\]/g, '\\$&');
}
