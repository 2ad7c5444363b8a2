import { dirname } from 'node:path';
import { findConfig, loadConfig } from '../disk/config';
import { isRefusal } from '../disk/refusal';
import { type Config, defaultConfig, readConfig } from '../lint/config';
import { parseBuilder } from '../model/context';
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
	/** The editor's settings over the nearest `.whittlerc.json`. */
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
			const above = readConfig(settings);
			warn([...below.problems, ...above.problems.map((problem) => `settings (whittle): ${problem}`)]);
			const named = settings['builder'];
			return {
				...below.config,
				...above.config,
				rules: { ...below.config.rules, ...above.config.rules },
				builder: typeof named === 'string' && parseBuilder(named) ? above.config.builder : below.config.builder,
			};
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

/** What the nearest `.whittlerc.json` of the workspace folder says; what is wrong in it comes as sentences. */
function configOnDisk(uri: string, roots: readonly string[]): { readonly config: Config; readonly problems: readonly string[] } {
	const nothing = { config: defaultConfig, problems: [] };
	const file = fileOf(uri);
	const path = file && findConfig(file.folder);
	if (!file || path === undefined || !foldersUp(file.folder, roots).includes(dirname(path))) return nothing;
	const loaded = loadConfig(path);
	return isRefusal(loaded) ? { ...nothing, problems: [loaded.because] } : loaded;
}

function sectionOf(settings: unknown): unknown {
	return isRecord(settings) ? settings['whittle'] : undefined;
}

/** Leaves out what editors add: null or nothing for a setting nobody made, the client's tracing, what Whittle's own client announces. */
function ownSettings(section: unknown): Readonly<Record<string, unknown>> {
	if (!isRecord(section)) return {};
	const { trace: _trace, status: _status, previewRewrite: _previewRewrite, ...own } = section;
	return withoutNulls(own);
}

function withoutNulls(value: Record<string, unknown>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(value).flatMap(([key, each]) => (each === null || each === '' ? [] : [[key, isRecord(each) ? withoutNulls(each) : each]])));
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
