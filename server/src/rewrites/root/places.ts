import type { Invocation } from '../../model/invocation';
import { absolutePath, holds, normalizePath, related } from '../../model/paths';
import type { Containerfile } from '../../syntax/containerfile';
import type { Refusal } from '../rewrite';
import type { Act } from './acts';
import type { RootRecipe } from './recipe';

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
export function placeActs(recipe: RootRecipe, file: Containerfile, acts: readonly Act[]): Places | Refusal {
	const builder: Act[] = [];
	const root: (Of<'run'> | Of<'copy'>)[] = [];
	const last: Of<'copy'>[] = [];
	const lastInstall = acts.findLastIndex((act) => act.kind === 'package' && act.act.kind === 'install');
	const firstInstall = acts.findIndex((act) => act.kind === 'package' && act.act.kind === 'install');
	for (const [index, act] of acts.entries()) {
		if (act.kind === 'package') {
			if (act.act.kind === 'configure') {
				if (index > firstInstall && index < lastInstall && /\brm\b|--disable|disabled|-disable/.test(act.text))
					return { because: 'between two installations a repository goes away, and they have to become one', span: act.span };
				builder.push(act);
			}
		} else if (act.kind === 'language') builder.push(act);
		else if (act.kind === 'run') {
			const stop = index < lastInstall ? act.invocations.find((invocation) => !goesBefore(invocation)) : undefined;
			if (stop) return { because: 'this comes before an installation that may see it; put it behind the last installation', span: stop.command.span };
			const volume = acts.slice(0, index).find((one) => one.kind === 'description' && one.instruction.keyword === 'VOLUME' && namesVolume(file, one, act));
			if (volume) return { because: 'it writes below a VOLUME, which some builders drop; put VOLUME behind it', span: act.instruction.span };
			root.push(act);
		} else if (act.kind === 'copy') {
			const written = file.text.slice(act.instruction.args.start, act.instruction.args.end);
			const target = act.instruction.words.at(-1)?.text ?? '';
			if (recipe.configuration.test(target)) builder.push(act);
			else if (acts.slice(index + 1).some((later) => later.kind === 'package' && mentions(later.text, act, written)))
				return { because: 'a command of the package manager reads what is copied here', span: act.instruction.span };
			else {
				const reader = acts.slice(index + 1).some((later) => later.kind === 'run' && touches(later, act));
				if (acts.slice(index + 1).some((later) => later.kind === 'language' && reads(later, act))) builder.push(act);
				if (reader) root.push(act);
				else if (!isTemporary(act) || !builder.includes(act)) last.push(act);
			}
		}
	}
	return { builder, root, last, changesRoot: root.some((act) => act.kind === 'run' && act.invocations.some(changes)) };
}

function isTemporary({ destination }: Of<'copy'>): boolean {
	return destination !== undefined && /^\/(?:var\/)?tmp(?:\/|$)/.test(destination);
}

function reads(act: Of<'language'>, { destination }: Of<'copy'>): boolean {
	return act.act.reads.some((path) => destination === undefined || related(normalizePath(path, '/') ?? '/', normalizePath(destination, '/') ?? '/'));
}

function mentions(text: string, { destination, instruction }: Of<'copy'>, written: string): boolean {
	if (destination === undefined) return false;
	const names = instruction.words.slice(0, -1).map((word) => (word.value ?? word.text).replace(/\/+$/, '').replace(/^.*\//, ''));
	if (/\.rpm\b|\.deb\b|\.apk\b/.test(text) && /\.rpm\b|\.deb\b|\.apk\b|\*|\.\s|\/\s/.test(written))
		return names.some((name) => name.length > 1 && text.includes(name)) || text.includes(destination);
	return destination.length > 1 && text.includes(destination.replace(/\/$/, ''));
}

function namesVolume({ text }: Containerfile, { instruction }: Of<'description'>, { run }: Of<'run'>): boolean {
	const volumes = (instruction.exec ?? instruction.words).map(({ value, text: written }) => value ?? written);
	return volumes.some((volume) => text.slice(run.instruction.span.start, run.instruction.span.end).includes(volume) || (run.cwd !== undefined && holds(volume, run.cwd)));
}

/** Commands that put something new somewhere: an installation behind them finds no less. */
const additive = new Set(
	'[ test mkdir touch echo printf cat useradd groupadd adduser addgroup usermod chpasswd passwd curl wget tar unzip gunzip bunzip2 chmod chown chgrp cd set export true : ulimit localedef git install ln date ls'.split(
		' ',
	),
);

function goesBefore({ program, command }: Invocation): boolean {
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

/** Whether a RUN may read or change what a COPY brings. In doubt it does. */
function touches(act: Of<'run'>, { destination }: Of<'copy'>): boolean {
	if (destination === undefined) return true;
	const place = normalizePath(destination, '/') ?? '/';
	return act.invocations.some((invocation) => {
		if (invocation.program === undefined) return invocation.command.words.length > 0;
		if (!fileWise.has(invocation.program)) return true;
		const words = [...invocation.args.filter(({ text }) => !text.startsWith('-')), ...invocation.command.redirects.flatMap(({ target }) => target ?? [])];
		if (/^(?:echo|printf|set|true|:|export|curl|wget)$/.test(invocation.program)) return words.some(({ text, value }) => isRelated(value ?? text, act, place, value === undefined));
		return words.some(({ value, text }) => isRelated(value ?? text, act, place, value === undefined));
	});
}

function isRelated(text: string, { run }: Of<'run'>, place: string, unknown: boolean): boolean {
	if (unknown) return !/^["']?[\w.=:-]*\$\{?\w+\}?["']?$/.test(text) || /\//.test(text) || text.startsWith('$');
	const path = absolutePath(text, run.cwd);
	return path === undefined || related(normalizePath(path, '/') ?? '/', place);
}
