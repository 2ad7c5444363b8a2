import { holds } from '../../model/basics/paths';
import type { Invocation } from '../../model/commands/invocation';
import type { Site } from './builds';
import { fills, isLeftBehind, isOwn, type Place, placeOf, type Tracks, writes } from './tracks';

const compilers = /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+|gfortran|rustc)$/;
const preparing = /^(?:autogen\.sh|autoreconf|autoconf|autoheader|aclocal|automake|libtoolize|bootstrap(?:\.sh)?|buildconf|ninja|cmake|configure|g?make)$/;

const unknownFolder = 'where this puts what it compiles is not exactly known; name a file by -o, or compile in a folder of its own';

/** Notes what a command that compiles or installs what was compiled leaves: true where that is known, a sentence where not, undefined for another command. */
export function compileStep(invocation: Invocation, site: Site): true | string | undefined {
	const { program = '', args } = invocation;
	const texts = args.map(site.textOf);
	const { tracks, cwd, sure } = site;
	const write = (place: Place | undefined): true | string => (place !== undefined && writes(tracks, place, sure) ? true : unknownFolder);
	if (program === 'ldconfig') {
		tracks.ldconfig = true;
		return texts.every((text) => !text.startsWith('/')) || 'folders of libraries are named here alone; name them in a file below /etc/ld.so.conf.d';
	}
	const fill = (place: Place | undefined): true | string => (place !== undefined && fills(tracks, place, sure) ? true : unknownFolder);
	if (compilers.test(program)) {
		const output = valueIn(texts, /^-o$/, /^-o(.+)$/);
		return output === undefined ? fill(cwd) : write(placeOf(output, cwd));
	}
	if (program === 'go') return compileGo(texts, site, write, fill);
	if (!preparing.test(program)) return undefined;
	if (program === 'configure' || program === 'cmake') {
		const because = configured(program, texts, site);
		if (because !== undefined) return because;
	}
	const named = program === 'cmake' ? valueIn(texts, /^(?:-B|--build|--install)$/, /^-B(.+)$/) : valueIn(texts, /^(?:-C|--directory)$/, /^(?:-C|--directory=)(.+)$/);
	const folder = named === undefined ? cwd : placeOf(named, cwd);
	const targets = texts.filter((text, index) => !/^-|=/.test(text) && !/^-[CjBfo]$|^--(?:build|install|directory|target)$/.test(texts[index - 1] ?? ''));
	const installs =
		(/^(?:g?make|ninja)$/.test(program) && targets.some((text) => /install/.test(text))) ||
		(program === 'cmake' && texts.includes('--install')) ||
		texts.join(' ').includes('--target install');
	const odd = /^(?:g?make|ninja)$/.test(program) ? targets.find((text) => /package|dep|setup|apt|yum|dnf|docker|system|\$/.test(text)) : undefined;
	if (odd !== undefined) return `what \`${program} ${odd}\` does besides is not known`;
	const compiled = fill(folder);
	return compiled !== true || !installs ? compiled : install(texts, site, fill);
}

type Note = (place: Place | undefined) => true | string;

function compileGo(texts: readonly string[], site: Site, write: Note, fill: Note): true | string {
	const verb = texts.find((text) => !text.startsWith('-')) ?? '';
	if (/^(?:version|env|mod|vet|test|list|fmt|clean|work)$/.test(verb)) return true;
	if (verb !== 'build') return `where \`go ${verb}\` puts programs is not exactly known; write \`go build -o\` with a path`;
	const output = valueIn(texts, /^-o$/, /^-o=(.+)$/);
	return output === undefined ? fill(site.cwd) : write(placeOf(output, site.cwd));
}

/** Notes the folder that configure or cmake is told to install into. */
function configured(program: string, texts: readonly string[], { tracks, cwd }: Site): string | undefined {
	if (program === 'cmake' && texts.some((text) => /^--(?:build|install|version)$/.test(text))) return undefined;
	const written = program === 'cmake' ? valueIn(texts, /$^/, /^-DCMAKE_INSTALL_PREFIX(?::\w+)?=(.+)$/) : valueIn(texts, /^-?-prefix$/, /^--prefix=(.+)$/);
	const prefix = written === undefined ? { path: '/usr/local', exact: true } : placeOf(written, cwd);
	if (!prefix?.exact || !isPrefix(tracks, prefix.path))
		return 'what is compiled here mixes with what packages bring; let it be installed below /usr/local or into a folder of its own';
	const outside = texts.find((text) => {
		const [, option = '', path = ''] = /^-?-([\w-]+)=(\/.*)$/.exec(text) ?? [];
		return /dir$|path$|^exec-prefix$/.test(option) && !/^with/.test(option) && !holds(prefix.path, path) && !isLeftBehind(tracks, path);
	});
	if (outside !== undefined) return `${outside} leads out of ${prefix.path}, and only that is known to be new`;
	tracks.prefix = prefix.path;
	return undefined;
}

function install(texts: readonly string[], { tracks, cwd, sure }: Site, fill: Note): true | string {
	const destination = valueIn(texts, /$^/, /^DESTDIR=(.+)$/);
	if (destination !== undefined) return fill(placeOf(destination, cwd));
	const written = valueIn(texts, /$^/, /^(?:PREFIX|prefix)=(.+)$/) ?? valueIn(texts, /^--prefix$/, /^--prefix=(.+)$/);
	const prefix = written === undefined ? tracks.prefix : placeOf(written, cwd)?.path;
	if (prefix === undefined) return 'where this installs to is not known; say it by PREFIX=, or by --prefix= where it is configured';
	if (!isPrefix(tracks, prefix) || (written !== undefined && !placeOf(written, cwd)?.exact))
		return 'this mixes with what packages bring; let it be installed below /usr/local or into a folder of its own';
	return writes(tracks, { path: prefix, exact: true }, sure) || 'whether this is installed is said by a condition';
}

function isPrefix(tracks: Tracks, path: string): boolean {
	return path === '/usr/local' || (isOwn(tracks, path) && path !== '/');
}

function valueIn(texts: readonly string[], apart: RegExp, glued: RegExp): string | undefined {
	const at = texts.findIndex((text) => apart.test(text));
	if (at >= 0) return texts[at + 1];
	return texts.flatMap((text) => glued.exec(text)?.[1] ?? [])[0];
}
