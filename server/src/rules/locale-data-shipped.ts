import type { Fix, Saving } from '../advice/advice';
import { removeWords } from '../advice/removeWords';
import { type LocalePackage, localePackageOf } from '../model/catalog/localeData';
import { isCutOff } from '../model/commands/brokenLines';
import type { Operation } from '../model/commands/operation';
import { isRemovedBy } from '../model/packages/removedPackages';
import { isWorkplace } from '../model/purpose/toolbox';
import { type Locales, localesOf } from '../model/stages/locales';
import { type Model, type Run, reachesImage, runsInLayer, type StageModel } from '../model/stages/model';
import type { Word } from '../text/span';
import type { Rule } from './rule';

/** The locales of every language are installed for an image that speaks one. */
export const localeDataShipped: Rule = {
	id: 'locale-data-shipped',
	title: 'The locales of every language are shipped',
	severity: 'hint',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'A locale tells a program how dates, numbers and sorting are in a language. All of them together are one to two hundred megabytes, and a container seldom needs more than one: the one that LANG or LC_ALL names. Fedora and RHEL have a package for each language, Debian makes a single one with `locales` and `localedef -i en_US -f UTF-8 en_US.UTF-8`. `C.UTF-8` needs no package at all. Where the file names several languages nothing is said.',
		before: 'FROM fedora:40\nENV LANG=en_US.UTF-8\nRUN dnf -y install glibc-all-langpacks nginx && dnf clean all\nCMD ["nginx", "-g", "daemon off;"]\n',
		after: 'FROM fedora:40\nENV LANG=en_US.UTF-8\nRUN dnf -y install glibc-langpack-en nginx && dnf clean all\nCMD ["nginx", "-g", "daemon off;"]\n',
		links: ['https://docs.fedoraproject.org/en-US/minimization/', 'https://wiki.debian.org/Locale'],
	},
	*check(model, { oneLayer }) {
		for (const run of model.runs) {
			const stage = model.stages[run.stage];
			if (!stage) continue;
			for (const operation of run.operations) {
				const family = operation.managers[0]?.family;
				const { command, moreArguments } = operation.invocation;
				// Who swaps the small package for the large one wants it.
				if (!family || operation.verb[0]?.value === 'swap' || operation.action !== 'install' || command.conditional || moreArguments || !reachesImage(stage, operation.root ?? '/'))
					continue;
				for (const word of operation.operands) {
					const found = word.value === undefined ? undefined : localePackageOf(word.value, family);
					if (!found || runsInLayer(model, run, oneLayer).some((one) => isRemovedBy(one, operation, word.value ?? ''))) continue;
					const locales = localesOf(model);
					if (isWorkplace(model) || locales.handled || !isTooMuch(found, locales)) continue;
					const fix = repair(model, run, operation, word, found, locales);
					const saves = savingOf(stage, operation, found);
					yield { span: word.span, message: messageOf(word.text, found, locales), ...(saves ? { saves } : {}), ...(fix ? { fixes: [fix] } : {}) };
				}
			}
		}
	},
};

/** Only where the file says what it needs: a program may speak every language that its users do. */
function isTooMuch({ languages }: LocalePackage, locales: Locales): boolean {
	if (languages === 'every') return (locales.languages.size === 1 && locales.asked.size === 1) || (locales.languages.size === 0 && locales.set);
	return locales.set && !locales.languages.has(languages);
}

function messageOf(name: string, { languages }: LocalePackage, locales: Locales): string {
	const [only] = locales.languages;
	const asked = only === undefined ? 'the file asks for C alone, which needs no package' : `the file asks for those of “${only}” alone`;
	return languages === 'every' ? `${name} brings the locales of every language, and ${asked}` : `${name} brings the locales of “${languages}”, and ${asked}`;
}

function repair({ file }: Model, { instruction }: Run, { invocation, operands }: Operation, word: Word, found: LocalePackage, { languages, set }: Locales): Fix | undefined {
	const [only] = languages;
	if (!set || instruction.exec || isCutOff(file, instruction) || found.languages !== 'every' || word.text !== word.value) return undefined;
	const instead = only === undefined ? found.forC : found.packageFor?.(only);
	if (instead === undefined) return undefined;
	const applicability = only === undefined ? 'review' : 'suggested';
	const others = operands.filter((other) => other !== word);
	if (instead !== null && !others.some(({ value }) => value === instead))
		return { title: `Install ${instead} instead`, applicability, edits: [{ span: word.span, text: instead }] };
	const edits = others.some(({ value }) => value !== undefined) ? removeWords(file, instruction, invocation.command.words, [word]) : undefined;
	return edits && { title: `Remove ${word.text}`, applicability, edits };
}

/** Only where it was weighed. */
function savingOf({ image, release }: StageModel, { invocation }: Operation, { figure }: LocalePackage): Saving | undefined {
	if (!figure || image?.distribution !== figure.distribution || (figure.releases && !figure.releases.test(release ?? ''))) return undefined;
	return { of: `locales of the command at ${invocation.command.span.start}`, ...figure.bytes };
}
