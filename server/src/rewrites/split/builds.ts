import { absolutePath, holds, related } from '../../model/basics/paths';
import type { Invocation } from '../../model/commands/invocation';
import { knownValue } from '../../model/files/writtenFiles';
import type { Run } from '../../model/stages/model';
import type { Refusal } from '../rewrite';
import { madeIn } from './compilers';
import type { Act, Effect } from './ecosystem';

/** Scripts of a source tree that say where things go, by their usual names. */
const configurers = /^(?:configure|config|Configure)$/;

/** Scripts of a source tree that only make those. */
const starters = /^(?:autogen(?:\.sh)?|bootstrap(?:\.sh)?|buildconf(?:\.sh)?)$/;

/** Programs that work on files of the folder where they run. */
const helpers =
	/^(?:autoreconf|autoconf|automake|aclocal|autoheader|libtoolize|intltoolize|gettextize|patch|protoc|bison|flex|ar|ranlib|ld|as|objcopy|strip|upx|ctest|qmake|scons|rustup|pkg-config|getconf|dpkg-architecture|ccache)$/;

/** What a tool that builds a source tree does; a refusal's reason where it cannot be told, undefined for another's command. */
export function buildEffect(invocation: Invocation, run: Run, folder: string | undefined): Effect | string | undefined {
	const { program = '', name, args } = invocation;
	const values = args.map((word) => knownValue(word, run));
	if (name?.value?.includes('/') && (configurers.test(program) || starters.test(program))) return values.includes('--help') ? { kind: 'none' } : madeIn(folder);
	if (/^(?:make|gmake|ninja|ninja-build)$/.test(program)) {
		if (values.some((value) => /^--?(?:version|help)$/.test(value ?? ''))) return { kind: 'none' };
		const unknown = args.find((word, index) => values[index] === undefined && !/^-|=/.test(word.text));
		if (unknown) return `it is not known before the build what \`${program} ${unknown.text}\` makes`;
		const place = placeOf(values, /^(?:-C|--directory)$/, folder);
		const targets = values.filter((value, index) => value !== undefined && !/^-|=/.test(value) && !/^-[CfjlIo]$/.test(values[index - 1] ?? ''));
		return targets.some((target) => /install/.test(target ?? '')) ? installed(place) : madeIn(place);
	}
	if (program === 'cmake') {
		if (values.some((value) => /^--?(?:version|help)$/.test(value ?? ''))) return { kind: 'none' };
		if (values.some((value) => value === '-E' || value === '-P')) return `what \`cmake ${values.join(' ')}\` leaves is not known`;
		if (values.includes('--install')) return installed(placeOf(values, /^--install$/, folder));
		if (values.includes('--build')) {
			const place = placeOf(values, /^--build$/, folder);
			return values.some((value, index) => /install/.test(value ?? '') && /^(?:-t|--target)$/.test(values[index - 1] ?? '')) ? installed(place) : madeIn(place);
		}
		const glued = values.find((value) => /^-B./.test(value ?? ''))?.slice(2);
		return madeIn(glued === undefined ? placeOf(values, /^-B$/, folder) : absolutePath(glued, folder));
	}
	if (program === 'meson') {
		const [verb] = values;
		if (verb === 'install') return installed(placeOf(values, /^-C$/, folder));
		return madeIn(verb === 'compile' || verb === 'test' ? placeOf(values, /^-C$/, folder) : folder);
	}
	if (!helpers.test(program)) return undefined;
	if (program === 'pkg-config' || program === 'getconf' || program === 'dpkg-architecture' || values.includes('--version')) return { kind: 'none' };
	if (program === 'rustup' || program === 'ccache') return { kind: 'make', writes: [] };
	if (program !== 'strip' && program !== 'upx') return madeIn(folder);
	const files = values.filter((value) => value !== undefined && !value.startsWith('-')).map((value) => absolutePath(value ?? '', folder));
	return files.some((file) => file === undefined || /[*?[]/.test(file))
		? { kind: 'make', writes: [] }
		: { kind: 'make', writes: files.filter((file) => file !== undefined), isFile: true };
}

/** Says of each installation where to, by its own words or by what configured its tree before; a refusal where nothing does. `own`: prefixes where the image has nothing. */
export function withPrefixes(acts: readonly Act[], own: readonly string[]): readonly Act[] | Refusal {
	const settled: Act[] = [];
	for (const [index, act] of acts.entries()) {
		const { effect, invocation } = act;
		if (effect.kind !== 'make' || effect.from === undefined) {
			settled.push(act);
			continue;
		}
		const from = effect.from;
		const configured = acts.slice(0, index).findLast((one) => isConfiguring(one) && one.effect.kind === 'make' && one.effect.writes.some((path) => related(path, from)));
		const told =
			toldBy(act, /^(?:DESTDIR|destdir)=(.*)$|^--destdir[= ](.*)$/) ?? toldBy(act, /^(?:PREFIX|prefix|INSTALL_PREFIX|INSTALL_ROOT|INSTALL_BIN)=(.*)$|^--prefix[= ](.*)$/);
		const prefix = told ?? (configured ? (toldBy(configured, /^--prefix[= ](.*)$|^-DCMAKE_INSTALL_PREFIX(?::\w+)?=(.*)$/) ?? '/usr/local') : undefined);
		if (prefix === undefined || !prefix.startsWith('/'))
			return { because: 'it is not known where this installs; name it: `make install PREFIX=/usr/local`', span: invocation.command.span };
		const elsewhere = configured && told === undefined ? whereElse(configured, prefix) : undefined;
		if (elsewhere !== undefined) return { because: `${elsewhere} lets it install outside of ${prefix}, too`, span: configured?.invocation.command.span ?? invocation.command.span };
		settled.push({ ...act, effect: { kind: 'make', writes: [prefix], whole: own.includes(prefix) } });
	}
	return settled;
}

/** Whether an act of those installs a source tree. */
export function isInstallation({ effect, invocation: { program = '', args } }: Act): boolean {
	return effect.kind === 'make' && /^(?:make|gmake|ninja|ninja-build|cmake|meson)$/.test(program) && args.some(({ text }) => /install/.test(text));
}

function isConfiguring({ invocation: { program = '', args }, effect }: Act): boolean {
	return (
		effect.kind === 'make' &&
		effect.from === undefined &&
		(configurers.test(program) || (program === 'cmake' && !args.some(({ text }) => text === '--build')) || program === 'meson')
	);
}

/** The value that a command's words or its variables give to what a pattern names; undefined where they name it not, empty where its value is not known. */
function toldBy({ invocation: { args, command }, run, folder }: Act, pattern: RegExp): string | undefined {
	const words = args.map((word) => knownValue(word, run) ?? word.text.replace(/=.*$/s, '='));
	const joined = words.map((word, index) => (/^--(?:prefix|destdir)$/.test(word) ? `${word} ${words[index + 1] ?? ''}` : word));
	const all = [...joined, ...command.assignments.map(({ name, value }) => `${name}=${value ?? ''}`)];
	for (const word of all) {
		const match = pattern.exec(word);
		if (match) return absolutePath((match[1] ?? match[2] ?? '').replace(/\/+$/, '') || '/', folder) ?? '';
	}
	return undefined;
}

/** A word of what configured a tree that puts a part of it outside of the prefix, or may. */
function whereElse({ invocation: { args }, run }: Act, prefix: string): string | undefined {
	return args
		.filter((word) => {
			const value = knownValue(word, run);
			if (value !== undefined && /^-D(?!CMAKE_)\w*INSTALL\w*(?::\w+)?=(?:ON|YES|TRUE|1)$/i.test(value)) return true;
			if (value === undefined) return !/^--(?:build|host|target|enable|disable|with|without)\b|^\w*FLAGS=|^"?\$\{?\w*(?:FLAGS|ARGS_?)\}?"?$/.test(word.text);
			const [, name = '', path] = /^-?-?([\w-]+)(?::\w+)?=(\/.*)$/.exec(value) ?? [];
			if (path === undefined || holds(prefix, path)) return false;
			return (
				/unitdir|udev|systemd|completion/i.test(name) || !/^with|srcdir|cache-file|_ROOT|_DIR$|PREFIX_PATH|TOOLCHAIN|LIBRARY|INCLUDE|COMPILER/.test(name) || /INSTALL/.test(name)
			);
		})
		.map(({ text }) => text)[0];
}

function installed(from: string | undefined): Effect | string {
	return from === undefined ? 'it is not known from which folder this installs' : { kind: 'make', writes: [], from };
}

/** The folder behind an option, else where the command runs. */
function placeOf(values: readonly (string | undefined)[], option: RegExp, folder: string | undefined): string | undefined {
	const at = values.findIndex((value) => value !== undefined && option.test(value));
	if (at < 0) return folder;
	const value = values[at + 1];
	return value === undefined ? undefined : absolutePath(value, folder);
}
