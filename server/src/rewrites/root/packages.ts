import { assignmentsOf } from '../../model/basics/references';
import type { Family } from '../../model/catalog/baseImage';
import { recommendedBy } from '../../model/catalog/recommends/companions';
import { listed } from '../../text/listed';
import type { Refusal } from '../rewrite';
import type { Act } from './acts';
import { installsNamed } from './copied';
import type { Builds } from './moveBuilds';
import type { Needs } from './needs';
import { isPlain } from './places';
import type { RootBase, RootRequest } from './recipe';
import { sortPackages } from './sortPackages';
import { unique } from './words';

/** What is installed, and what the choice rests on. */
export interface Packages {
	readonly request: RootRequest;
	readonly assumes: readonly string[];
}

/** Sorts the packages of a stage: what the file asks for, what the root needs by itself, what its programs need. */
export function completePackages(family: Family, base: RootBase, acts: readonly Act[], needs: Needs, builds?: Builds): Packages | Refusal {
	const installs = acts.flatMap((act) => (act.kind === 'package' && act.act.kind === 'install' ? [{ act, install: act.act }] : []));
	const asked = unique(installs.flatMap(({ install }) => install.packages));
	const recommended = recommendedBy(
		installs.flatMap(({ install }) => (install.recommended === false ? [] : install.packages)),
		family,
	);
	const options = unique(installs.flatMap(({ install }) => install.options));
	const deciding = installs.map(({ install }) => install.options.filter((option) => !/^--(?:enablerepo|enable-repo)/.test(option)).join(' '));
	const other = installs.find((_one, index) => deciding[index] !== deciding[0]);
	if (other) return { because: 'its options are not those of the first installation, and both have to become one', span: other.act.span };
	const removed = new Set(acts.flatMap((act) => (act.kind === 'package' && act.act.kind === 'remove' ? act.act.packages : [])));
	const env = new Map(acts.flatMap((act) => (act.kind === 'state' && act.instruction.keyword === 'ENV' ? assignmentsOf(act.instruction) : [])));
	const locale = env.get('LC_ALL') ?? env.get('LANG');
	const brings = acts.some((act) => act.kind === 'copy') || needs.brought.size > 0;
	const talks = asked.find((name) => /^(?:curl|wget|git|python|java|nodejs|php|ruby|perl|golang)/.test(name));
	const certificates =
		base.certificates !== undefined && (brings || talks !== undefined || [...needs.packages].some((name) => /^(?:curl|wget|git)/.test(name))) ? base.certificates : undefined;
	const localePackage = locale === undefined ? undefined : base.localePackage(locale);
	const added = [
		...needs.packages,
		...(certificates === undefined ? [] : [certificates]),
		...((env.has('TZ') || needs.readsTimeZones) && base.timeZones !== undefined ? [base.timeZones] : []),
		...(localePackage === undefined ? [] : [localePackage]),
		...recommended.flatMap(({ usually }) => usually),
	];
	// Its nodejs has npm, and conflicts with the package of that name.
	const hasNpm =
		asked.some((name) => /^nodejs(?:-\d|$)/.test(name)) &&
		acts.some((act) => /nodesource/.test(act.kind === 'package' ? act.text : act.kind === 'copy' ? act.instruction.words.map(({ text }) => text).join(' ') : ''));
	const split = sortPackages(family, base, acts, asked, removed, needs, builds);
	if ('because' in split) return split;
	const own = [...base.packages, ...added].filter(
		(name) =>
			!asked.includes(name) &&
			!(hasNpm && name === 'npm') &&
			!asked.includes(base.insteadOf[name] ?? '') &&
			!(name === 'python3' && asked.some((other) => other.startsWith('python3'))),
	);
	const unexplained = [...needs.unexplained].filter((program) => !installsNamed(acts, program));
	const notIn = split.root.filter((name) => asked.includes(name) && removed.has(name));
	const others = acts.some((act) => act.kind === 'language' || act.kind === 'build' || (act.kind === 'run' && !act.invocations.every(isPlain)));
	const downloads = acts.some((act) => (act.kind === 'run' || act.kind === 'build') && act.invocations.some(({ program }) => /^(?:curl|wget|git)$/.test(program ?? '')));
	const misses = unique(recommended.flatMap(({ sometimes }) => sometimes.filter((name) => !asked.includes(name))));
	const assumes = [
		...(unexplained.length > 0
			? [
					`${listed(unexplained)} ${unexplained.length > 1 ? 'come' : 'comes'} with ${asked.length > 1 ? 'one of the packages that are installed' : asked.join('')}${others ? ', or with what another step brings' : ''}.`,
				]
			: []),
		...[...needs.unread].map((path) => `${path} needs nothing but ${listed(unique([base.shell, 'coreutils', ...base.scriptTools]))} and what is installed here.`),
		...(downloads ? ['What is downloaded needs no library or program but those of the packages that are installed.'] : []),
		...(needs.brought.size > 0
			? [`${listed([...needs.brought])} ${needs.brought.size > 1 ? 'need' : 'needs'} no library or program but those of the packages that are installed.`]
			: []),
		...(certificates !== undefined && own.includes(certificates) ? [`Something in the image talks TLS, so that ${certificates} is worth its place.`] : []),
		...(needs.startsShell ? ['Whoever works in the shell misses nothing of the base but what is installed here.'] : []),
		...unique(acts.flatMap((act) => (act.kind === 'package' && act.act.kind === 'drop' ? [act.act.assumes] : []))),
		...[...removed].filter((name) => !asked.includes(name)).map((name) => `${name}, which is removed from the base, does not come into the root.`),
		...(notIn.length > 0 ? [`${listed(notIn)} ${notIn.length > 1 ? 'stay' : 'stays'} in the image, although the file removes ${notIn.length > 1 ? 'them' : 'it'} again.`] : []),
		...(misses.length > 0 ? [`Nobody misses ${listed(misses)}, which the installed packages recommend.`] : []),
		...users(acts),
		...split.assumes,
		...unique(installs.flatMap(({ install }) => install.assumes ?? [])),
		'What the image runs needs no program of the base but what is installed here and its dependencies.',
		'No other image has to share the layers of the base with this one.',
	];
	return {
		request: {
			packages: [...unique(own), ...split.root],
			options,
			builderPackages: split.builder,
			builderRecommends: builds !== undefined && installs.some(({ install }) => install.recommended !== false),
			before: acts.flatMap((act) => (act.kind === 'package' && act.act.kind === 'configureRoot' ? [act.act.command] : [])),
			after: acts.flatMap((act) => (act.kind === 'package' && act.act.kind === 'afterRoot' ? [act.act.command] : [])),
		},
		assumes,
	};
}

/** Users that USER names and no command of the file makes. */
function users(acts: readonly Act[]): readonly string[] {
	const made = new Set(
		acts.flatMap((act) =>
			act.kind === 'run' ? act.invocations.flatMap(({ program, args }) => (/^(?:user|group)add$|^add(?:user|group)$/.test(program ?? '') ? args.map(({ text }) => text) : [])) : [],
		),
	);
	const named = acts.flatMap((act) => (act.kind === 'state' && act.instruction.keyword === 'USER' ? [act.instruction.words[0]?.value ?? ''] : []));
	return unique(
		named.flatMap((name) =>
			/^[a-z]/.test(name) && !/^(?:root|bin|daemon|mail|ftp|nobody)(?::|$)/.test(name) && !made.has(name.replace(/:.*/, '')) ? [name.replace(/:.*/, '')] : [],
		),
	).map((name) => `The user ${name} is made by one of the packages that are installed, or by a step that is kept.`);
}
