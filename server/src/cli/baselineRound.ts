import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isRefusal, type Refusal } from '../disk/refusal';
import { type Options, optionValue } from './arguments';
import { type Baseline, type Counts, gone, nameIn, own, readBaseline, refuseOther, total, writeBaseline } from './baseline';
import { shownPath } from './paths';
import { counted } from './report';

/** What a lint does with a baseline: it leaves out what is in it, or writes a new one. */
export interface BaselineRound {
	readonly baseline: Baseline;
	/** Nothing else is told then. */
	readonly writes: boolean;
	/** To be called with what was found in each file, what the baseline holds included. */
	take(file: string, found: Counts): void;
	/** To be called at the end: what is to be said to the person, and whether it failed. */
	end(): { readonly sentence?: string; readonly failed: boolean };
}

/** Begins what --baseline or --write-baseline asks for; undefined where neither is there. */
export function beginBaseline(options: Options): BaselineRound | Refusal | undefined {
	const [read, write] = [optionValue(options, 'baseline'), optionValue(options, 'write-baseline')];
	if (write === undefined) return read === undefined ? undefined : reading(read);
	if (read !== undefined) return { because: '--baseline and --write-baseline exclude each other' };
	return options.has('format') ? { because: '--write-baseline writes a file and prints no findings, so that --format has no meaning beside it' } : writing(write);
}

function reading(file: string): BaselineRound | Refusal {
	const baseline = readBaseline(file);
	if (isRefusal(baseline)) return baseline;
	const looked = new Set<string>();
	const stale: { readonly name: string; readonly rule: string; readonly count: number }[] = [];
	const take = (name: string, found: Counts): void => {
		looked.add(name);
		for (const each of gone(own(baseline.files, name) ?? {}, found)) stale.push({ name, ...each });
	};
	return {
		baseline,
		writes: false,
		take: (path, found) => take(nameIn(baseline, path), found),
		end: () => {
			// Files that nobody asked for are as they were, unless they are gone.
			for (const name of Object.keys(baseline.files)) if (!looked.has(name) && !existsSync(resolve(dirname(baseline.path), name))) take(name, {});
			if (stale.length === 0) return { failed: false };
			const count = stale.reduce((sum, one) => sum + one.count, 0);
			const first = stale.slice(0, 3).map(({ name, rule }) => `${rule} in ${name}`);
			const more = stale.length > first.length ? ` and ${stale.length - first.length} more` : '';
			const shown = shownPath(baseline.path);
			return {
				failed: false,
				sentence: `the baseline ${shown} holds ${counted(count, 'finding')} that ${count === 1 ? 'is' : 'are'} no longer there (${first.join(', ')}${more})`,
			};
		},
	};
}

function writing(file: string): BaselineRound | Refusal {
	const files = new Map<string, Counts>();
	const baseline: Baseline = { path: resolve(file), files: {} };
	const refusal = refuseOther(baseline.path);
	if (refusal) return refusal;
	const shown = shownPath(baseline.path);
	return {
		baseline,
		writes: true,
		take: (path, found) => {
			if (total(found) > 0) files.set(nameIn(baseline, path), found);
		},
		end: () => {
			const refusal = writeBaseline({ ...baseline, files: Object.fromEntries(files) });
			if (refusal) return { failed: true, sentence: refusal.because };
			const count = [...files.values()].reduce((sum, counts) => sum + total(counts), 0);
			return {
				failed: false,
				sentence: `${shown} holds ${counted(count, 'finding')} in ${counted(files.size, 'file')}; \`whittle lint --baseline ${shown}\` tells only what is new`,
			};
		},
	};
}
