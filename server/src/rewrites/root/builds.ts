import type { Invocation } from '../../model/commands/invocation';
import { filesWrittenBy } from '../../model/files/writtenFiles';
import type { Run, StageModel } from '../../model/stages/model';
import type { Word } from '../../text/span';
import { systemFolders, variablesAt } from '../compiled/places';
import { lookers } from '../lookers';
import type { Refusal } from '../rewrite';
import { compileStep } from './compileStep';
import { fills, isOwn, makes, type Place, placeOf, removes, type Tracks, writes } from './tracks';

/** What a step of a compilation is judged by. */
export interface Site {
	readonly tracks: Tracks;
	readonly cwd: Place | undefined;
	/** The command runs for certain. */
	readonly sure: boolean;
	/** A word with the values of ENV in it. */
	readonly textOf: (word: Word) => string;
}

/** Programs that look, or set up their own shell. */
const harmless = new Set([...lookers, 'awk', 'dpkg', 'rpm', 'uniq']);

/** Notes where the commands of a RUN, which runs in the builder, leave files; a refusal at the first that may do something else. */
export function followBuild(stage: StageModel, run: Run, invocations: readonly Invocation[], tracks: Tracks): Refusal | undefined {
	tracks.position = run.position;
	const known = variablesAt(stage, run.instruction);
	const own = run.instruction.script?.assigns ?? [];
	const textOf = (word: Word): string =>
		(word.value ?? word.text.replace(/^"(.*)"$/, '$1')).replace(/\$(?:\{(\w+)\}|(\w+))/g, (all, braced?: string, plain?: string) => {
			const name = braced ?? plain ?? '';
			return own.includes(name) ? all : (known.get(name) ?? all);
		});
	const fixedRun = { ...run, variables: known };
	let cwd: Place | undefined = run.cwd === undefined || movesByArgument(stage, known) ? undefined : { path: run.cwd, exact: true };
	for (const invocation of invocations) {
		const { program, command, args } = invocation;
		const refuse = (because: string): Refusal => ({ because, span: command.span });
		if (program === undefined) {
			if (command.words.length > 0) return refuse('which program runs here is not known, and it goes to the stage that compiles');
			continue;
		}
		if (command.substituted) {
			if (!harmless.has(program) && !/^(?:curl|wget|git|sed|pkg-config)$/.test(program)) return refuse('it is not known what this leaves where the rest is compiled');
			continue;
		}
		if (program === 'cd') {
			if (!command.topLevel || command.conditional) return refuse('the folder in which something is compiled is not known');
			cwd = args[0] ? placeOf(textOf(args[0]), cwd) : undefined;
			if (!cwd) return refuse('the folder in which something is compiled is not known');
			continue;
		}
		const site: Site = { tracks, cwd, sure: !command.conditional, textOf };
		const because = redirected(invocation, site) ?? step(invocation, fixedRun, site);
		if (because !== undefined) return refuse(because);
	}
	return undefined;
}

/** WORKDIR is said by an ARG, which may be another one when the image is built. */
function movesByArgument({ stage }: StageModel, known: ReadonlyMap<string, string | undefined>): boolean {
	return stage.instructions.some(
		({ keyword, words }) => keyword === 'WORKDIR' && [...(words[0]?.text ?? '').matchAll(/\$\{?(\w+)/g)].some(([, name]) => known.get(name ?? '') === undefined),
	);
}

const unknownPlace = 'where this goes is not exactly known; name a file, or a folder of its own below /opt or /usr/local';

function redirected({ command }: Invocation, site: Site): string | undefined {
	for (const { operator, target } of command.redirects) {
		if (!target || !/>/.test(operator) || /^&?\d$|^\/dev\//.test(target.text) || operator === '>&') continue;
		const place = placeOf(site.textOf(target), site.cwd);
		if (!place || !writes(site.tracks, place, site.sure && !operator.includes('>>'))) return unknownPlace;
	}
	return undefined;
}

/** Notes what one command leaves; says why it cannot be told. */
function step(invocation: Invocation, run: Run, site: Site): string | undefined {
	const { program = '', args, moreArguments } = invocation;
	const { tracks, cwd, sure, textOf } = site;
	const place = (text: string) => placeOf(text, cwd);
	const write = (found: Place | undefined) => found !== undefined && writes(tracks, found, sure);
	const operands = args.filter(({ text }) => !/^[-+]/.test(text)).map(textOf);
	if (harmless.has(program)) return undefined;
	if (moreArguments) return 'what this works on is not known before the build';
	const compiled = compileStep(invocation, site);
	if (compiled !== undefined) return compiled === true ? undefined : compiled;
	switch (program) {
		case 'rm':
		case 'rmdir':
			return operands.map(place).every((one) => one && removes(tracks, one))
				? undefined
				: 'something is removed here that a package may have brought; do that behind what is compiled, in a RUN of its own';
		case 'mkdir':
			return operands.map(place).every((one) => one && makes(tracks, one, sure)) ? undefined : unknownPlace;
		case 'touch':
			return operands.map(place).every(write) ? undefined : unknownPlace;
		case 'chmod':
		case 'strip':
		case 'upx':
		case 'chown':
		case 'chgrp':
		case 'sed': {
			if (program === 'sed' && !args.some(({ text }) => /^-[a-zA-Z]*i|^--in-place/.test(text))) return undefined;
			if (/^ch(?:own|grp)$/.test(program) && !/^(?:root|0)?(?::(?:root|0))?$/.test(operands[0] ?? ''))
				return 'a user is named here whom only the image has; change the owner in a RUN of its own behind this';
			const paths = program === 'strip' || program === 'upx' ? operands : args.some(({ text }) => /^(?:-e|--expression)/.test(text)) ? operands : operands.slice(1);
			return paths.map(place).every((one) => one && isOwn(tracks, one.path) && writes(tracks, one, sure))
				? undefined
				: 'a file that a package may have brought is changed here; do that behind what is compiled, in a RUN of its own';
		}
		case 'patch':
			return cwd && fills(tracks, cwd, sure) ? undefined : unknownPlace;
		case 'cp':
		case 'mv':
		case 'ln':
		case 'install':
			return puts(program, args.map(textOf), site);
		case 'git':
			if (/^(?:config|version|--version|ls-remote|lfs)$/.test(operands[0] ?? '')) return undefined;
			break;
		case 'curl':
		case 'wget':
			if (args.some(({ text }) => /^(?:-[a-zA-Z]*O-?|-qO-|--output-document=-)$/.test(text)) && program === 'wget' && args.some(({ text }) => /-$/.test(text))) return undefined;
			if (program === 'curl' && !args.some(({ text }) => /^-[a-zA-Z]*[oO]|^--output|^--remote-name/.test(text))) return undefined;
			break;
		case 'tar':
			if (!args.some(({ text }, index) => /^--(?:extract|get)$|^-[a-zA-Z]*x/.test(text) || (index === 0 && /^[a-zA-Z]*x/.test(text))))
				return cwd && fills(tracks, cwd, sure) ? undefined : unknownPlace;
			break;
		case 'unzip':
		case 'gunzip':
		case 'gzip':
		case 'bunzip2':
		case 'bzip2':
		case 'xz':
		case 'unxz':
			break;
		default:
			return `it is not known what ${program} leaves, and it would have to run where the rest is compiled; put it into a RUN of its own behind that`;
	}
	const written = filesWrittenBy(invocation, run, cwd?.exact ? cwd.path : undefined);
	const isKnown = written.length > 0 && (cwd?.exact || written.every((path) => path.startsWith('/')));
	if (isKnown) {
		const known = written.map((path) => ({ inside: path.endsWith('/…'), found: placeOf(path.replace(/\/…$/, ''), undefined) }));
		return known.every(({ inside, found }) => found && (inside ? fills : writes)(tracks, found, sure)) ? undefined : unknownPlace;
	}
	const named = namedFolder(program, args, textOf, place) ?? cwd;
	return named && fills(tracks, named, sure) ? undefined : unknownPlace;
}

/** The folder or file that tar, git, curl or wget is told to write to. */
function namedFolder(program: string, args: readonly Word[], textOf: (word: Word) => string, place: (text: string) => Place | undefined): Place | undefined {
	// curl's -O takes no value, wget's does.
	const apart = program === 'curl' ? /^(?:-[a-zA-Z]*o|--output)$/ : /^(?:-[a-zA-Z]*[CdPO]|--directory|--directory-prefix|--output-document)$/;
	const at = args.findIndex(({ text }) => apart.test(text));
	const word = args[at + 1];
	if (at >= 0 && word) return place(textOf(word));
	const glued = args.map(textOf).find((text) => /^(?:-C\/|--directory=|--output=|--output-document=)/.test(text));
	return glued === undefined ? undefined : place(glued.replace(/^-C|^--[\w-]+=/, ''));
}

/** cp, mv, ln and install: what goes where. */
function puts(program: string, texts: readonly string[], { tracks, cwd, sure }: Site): string | undefined {
	const write = (text: string): boolean => {
		const found = placeOf(text, cwd);
		return found !== undefined && writes(tracks, found, sure);
	};
	if (texts.some((text) => /^(?:-t|--target-directory.*|-T|--parents)$/.test(text))) return unknownPlace;
	const valued = program === 'install' ? /^(?:-m|-o|-g|-S|--mode|--owner|--group)$/ : /^(?:-S|--suffix)$/;
	const operands = texts.filter((text, index) => !text.startsWith('-') && !valued.test(texts[index - 1] ?? ''));
	if (program === 'install' && texts.some((text, index) => /^(?:-o|-g|--owner|--group)$/.test(text) && !/^(?:root|0)$/.test(texts[index + 1] ?? '')))
		return 'a user is named here whom only the image has';
	if (program === 'install' && texts.some((text) => /^-[a-zA-Z]*d[a-zA-Z]*$|^--directory$/.test(text)))
		return operands.every((text) => {
			const found = placeOf(text, cwd);
			return found !== undefined && makes(tracks, found, sure);
		})
			? undefined
			: unknownPlace;
	const last = operands.at(-1);
	if (operands.length < 2 || last === undefined) return unknownPlace;
	const sources = operands.slice(0, -1);
	if (
		program === 'mv' &&
		!sources.every((text) => {
			const found = placeOf(text, cwd);
			return found !== undefined && removes(tracks, found);
		})
	)
		return unknownPlace;
	const target = placeOf(last, cwd);
	if (!target) return unknownPlace;
	const names = sources.map((text) => text.replace(/\/+$/, '').replace(/^.*\//, ''));
	if (isOwn(tracks, target.path)) return write(last) ? undefined : unknownPlace;
	// In a folder of the system only what is put there is copied.
	const isFolder = last.endsWith('/') || systemFolders.has(target.path) || tracks.folders.has(target.path) || sources.length > 1;
	if (isFolder)
		return (target.exact && names.every((name) => !/^\.*$|[*?[$]/.test(name) && write(`${target.path}/${name}`))) || fills(tracks, target, sure) ? undefined : unknownPlace;
	const isFile = /\.\w+$/.test(target.path) || /\/s?bin\/[^/]+$/.test(target.path) || names[0] === target.path.replace(/^.*\//, '');
	return isFile && write(last) ? undefined : unknownPlace;
}
