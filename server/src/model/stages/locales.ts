import { assignmentsOf } from '../basics/references';
import { remember } from '../basics/remember';
import type { Model } from './model';

/** What the stages that ship say of languages. */
export interface Locales {
	/** The codes of all languages that a locale's name stands for anywhere in them: `en` of `en_US.UTF-8`. */
	readonly languages: ReadonlySet<string>;
	/** Those that LANG, LANGUAGE or one of LC_… is set to. */
	readonly asked: ReadonlySet<string>;
	/** ENV sets a locale. */
	readonly set: boolean;
	/** Locales are built, removed or looked through by hand, or whoever builds chooses one. */
	readonly handled: boolean;
}

/** Looked for once per file; comments and LABEL say nothing. */
export const localesOf = remember(({ file, stages }: Model): Locales => {
	const languages = new Set<string>();
	const asked = new Set<string>();
	let set = false;
	let handled = false;
	for (const { stage, ships } of stages) {
		if (!ships) continue;
		const values: (string | undefined)[] = [];
		for (const instruction of stage.instructions) {
			const { keyword, span, comments } = instruction;
			if (keyword === 'LABEL') continue;
			if (keyword === 'ENV') values.push(...assignmentsOf(instruction).flatMap(([name, value]) => (isLocaleName(name) ? [value] : [])));
			const text = comments.reduceRight((rest, one) => rest.slice(0, one.start - span.start) + rest.slice(one.end - span.start), file.text.slice(span.start, span.end));
			const named = [...text.matchAll(/(?<![A-Za-z0-9])([a-z]{2,3})_[A-Z]{2}(?![A-Za-z0-9])/g)];
			for (const [, language = ''] of named) languages.add(language);
			for (const [, language = ''] of text.matchAll(/\b(?:LANG|LANGUAGE|LC_[A-Z]+)[ \t]*[= ][ \t]*["']?([a-z]{2,3})_[A-Z]{2}/g)) asked.add(language);
			handled ||=
				(keyword === 'ARG' && named.length > 0) || /localedef|locale-gen|build-locale-archive|localepurge|lib\/locale|locale -a|lc_messages|lc_collate|--locale/.test(text);
		}
		if (values.some((value) => value !== undefined && value !== '' && !value.includes('$'))) set = true;
	}
	return { languages, asked, set, handled };
});

function isLocaleName(name: string): boolean {
	return name === 'LANG' || name === 'LC_ALL' || name === 'LC_CTYPE';
}
