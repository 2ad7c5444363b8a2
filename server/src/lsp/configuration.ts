import { join } from 'node:path';
import { configIn, loadConfig, pathBelow } from '../disk/config';
import { isRefusal } from '../disk/refusal';
import { type Config, defaultConfig, layered, readConfig, type Said } from '../lint/config';
import { keysOf } from '../lint/configWords';
import { configFor } from '../lint/overrides';
import { isRecord } from '../text/record';
import { fileOf, foldersUp } from './places';

/** Where the settings of a document come from. */
export interface ConfigurationSources {
	/** Asks the editor for the section `whittle` of a document; undefined where it has no answer. */
	readonly ask: (uri: string) => Promise<unknown>;
	/** Paths of the workspace folders, as they are now. */
	readonly roots: () => readonly string[];
	/** Tells a person, once, what is wrong in the settings. */
	readonly warn: (message: string) => void;
	/** `{ whittle: { … } }` of the initialization options: what holds where the editor has no settings. */
	readonly initial: unknown;
}

/** The settings of every document, as the editor has them now. */
export interface Configuration {
	/** The editor's settings over the nearest configuration on disk. */
	of(uri: string): Promise<Config>;
	/** To be called when the editor's settings changed; `pushed` is what it sent along. */
	changed(pushed: unknown): void;
	/** To be called when a document is closed. */
	forget(uri: string): void;
}

/** Reads settings: those of the editor are remembered until it says that they changed, those on disk are read each time. */
export function createConfiguration(sources: ConfigurationSources): Configuration {
	const asked = new Map<string, Promise<unknown>>();
	const warned = new Set<string>();
	let pushed: unknown;
	const warn = (problems: readonly string[]) => {
		for (const problem of problems) {
			if (!warned.has(problem)) sources.warn(problem);
			warned.add(problem);
		}
	};
	return {
		async of(uri) {
			let answer = asked.get(uri);
			if (!answer) {
				answer = sources.ask(uri);
				asked.set(uri, answer);
			}
			const settings = ownSettings((await answer) ?? sectionOf(pushed) ?? sectionOf(sources.initial));
			const below = configOnDisk(uri, sources.roots());
			const above = readSettings(settings);
			warn([...below.problems, ...above.problems.map((problem) => `settings (whittle): ${problem}`)]);
			return layered(below.config, above.said);
		},
		changed(settings) {
			pushed = settings;
			asked.clear();
			warned.clear();
		},
		forget(uri) {
			asked.delete(uri);
		},
	};
}

/** What the nearest configuration of the workspace folder says to a file; what is wrong in it comes as sentences. */
function configOnDisk(uri: string, roots: readonly string[]): { readonly config: Config; readonly problems: readonly string[] } {
	const nothing = { config: defaultConfig, problems: [] };
	const file = fileOf(uri);
	if (!file) return nothing;
	const path = firstOf(foldersUp(file.folder, roots), configIn);
	if (path === undefined) return nothing;
	const loaded = loadConfig(path);
	if (isRefusal(loaded)) return { ...nothing, problems: [loaded.because] };
	return { config: configFor(loaded.config, pathBelow(path, join(file.folder, file.name))), problems: loaded.problems };
}

function firstOf<T, U>(all: readonly T[], look: (one: T) => U | undefined): U | undefined {
	for (const one of all) {
		const found = look(one);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** An editor has settings for each folder already. */
function readSettings(settings: Readonly<Record<string, unknown>>): { readonly said: Said; readonly problems: readonly string[] } {
	const { config, problems } = readConfig(settings);
	const { overrides, ...said } = config;
	return { said, problems: overrides ? [...problems, '"overrides" is for .whittlerc.json and package.json'] : problems };
}

function sectionOf(settings: unknown): unknown {
	return isRecord(settings) ? settings['whittle'] : undefined;
}

/** Leaves out what editors add: null or nothing for a setting nobody made, the client's tracing, what Whittle's own client announces, and the settings of builds that are the client's own. */
function ownSettings(section: unknown): Readonly<Record<string, unknown>> {
	if (!isRecord(section)) return {};
	const { trace: _trace, status: _status, previewRewrite: _previewRewrite, ...own } = section;
	const { build } = own;
	const known: readonly string[] = keysOf.build;
	return withoutNulls(isRecord(build) ? { ...own, build: Object.fromEntries(Object.entries(build).filter(([key]) => known.includes(key))) } : own);
}

function withoutNulls(value: Record<string, unknown>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (each === null || each === '' ? [] : [[key, isRecord(each) ? withoutNulls(each) : each]])));
}
