import type { Saving } from '../advice/advice';
import { completionOf, completionSaving } from '../advice/rootInstall';
import { insertInList } from '../advice/statements';
import { expand } from '../model/basics/expand';
import { assignmentsOf } from '../model/basics/references';
import { rpmRootOf } from '../model/catalog/roots/rpm';
import { isCutOff } from '../model/commands/brokenLines';
import { hiddenFailures } from '../model/commands/hiddenFailures';
import { headOf, type Operation, plainRoot } from '../model/commands/operation';
import { lacksLangpack, type Missing, missingInRoot } from '../model/packages/installroot';
import { type Install, systemInstalls } from '../model/packages/installs';
import { decisionOn } from '../model/packages/switches';
import { type Model, type Run, reachesImage, stageOf } from '../model/stages/model';
import type { Edit } from '../text/edit';
import { isRefusal, type Refusal, type Rewrite } from './rewrite';
import { packageWords } from './root/recipe';
import { cleanRoot, uncleaned } from './rootCleaning';
import { moveRootFirst } from './rootFirst';

/** Says to an install into another root what makes it pay, and cleans that root. */
export const installrootComplete: Rewrite = {
	id: 'installroot-complete',
	title: 'Complete the install into another root',
	needs: 'dnf or yum that installs into a root which `FROM scratch` copies, and something that it forgets',
	docs: {
		why: 'An install into an empty root brings back what the lean base image had left out: recommended packages, documentation, every language of glibc, the large coreutils. nginx on Fedora 33 is 224 MB without another root, 450 MB with one, and 116 MB once all of it is said. The cache, the logs and the history of dnf lie in that root, too, and have to go from there; UBI’s list of contents has to come along for scanners.',
		before: [
			'FROM fedora:33 as build-env',
			'RUN dnf -y --installroot /output --releasever 33 install nginx && \\',
			'dnf -y --installroot /output --releasever 33 clean all',
			'FROM scratch',
			'COPY --from=build-env /output /',
			'',
		].join('\n'),
		after: [
			'FROM fedora:33 as build-env',
			'RUN dnf -y --installroot /output --releasever 33 --setopt=install_weak_deps=False --nodocs install glibc-minimal-langpack coreutils-single nginx && \\',
			'dnf -y --installroot /output --releasever 33 clean all && \\',
			'    rm -rf /output/var/cache/dnf /output/var/lib/dnf /output/var/log/dnf* /output/var/log/hawkey.log',
			'FROM scratch',
			'COPY --from=build-env /output /',
			'',
		].join('\n'),
		links: ['https://docs.fedoraproject.org/en-US/minimization/'],
	},
	propose(model) {
		const stop = unknownInstall(model);
		const roots = groupedByRoot(model);
		const [first] = roots.flat();
		if (!stop && !first) return undefined;
		if (stop) return stop;
		const changes = roots.map((installs) => completeRoot(model, installs));
		const refusal = changes.find(isRefusal);
		if (refusal) return refusal;
		const made = changes.filter((change): change is Change => !isRefusal(change) && change.edits.length > 0);
		if (!first || made.length === 0) return undefined;
		const [saves] = made.flatMap((change) => change.saves ?? []);
		return {
			title: [...new Set(made.map(({ title }) => title))].join('; '),
			span: first.stage.stage.from.span,
			assumes: [...new Set(made.flatMap(({ assumes }) => assumes))],
			...(saves ? { saves } : {}),
			edits: () => made.flatMap(({ edits }) => edits),
		};
	},
};

/** What is to be done for one root; no edits where nothing is missing. */
interface Change {
	readonly title: string;
	readonly edits: readonly Edit[];
	readonly assumes: readonly string[];
	readonly saves: Saving | undefined;
}

/** The tools that this is about; others make roots in other ways. */
const tools = new Set(['dnf4', 'dnf5', 'yum3', 'microdnf']);

function isForAnotherRoot(model: Model, run: Run, { root, managers, action }: Operation): boolean {
	const stage = stageOf(model, run);
	return (
		action === 'install' &&
		root !== undefined &&
		managers.every(({ id }) => tools.has(id)) &&
		!stage.ships &&
		(root === '' ? stage.copiedOut.length > 0 : reachesImage(stage, root))
	);
}

/** The first install into another root of which too little is known to say what it lacks. */
function unknownInstall(model: Model): Refusal | undefined {
	for (const run of model.runs) {
		for (const operation of run.operations.filter((one) => isForAnotherRoot(model, run, one))) {
			const span = headOf(operation);
			const stage = stageOf(model, run);
			if (isCutOff(model.file, run.instruction)) return { because: 'a backslash is missing at the end of this RUN', span };
			if (operation.root === '') return { because: 'the path of the root is only known when the image is built', span };
			if (!stage.image) return { because: 'it is not known what the base image sets and which dnf it has', span };
			if (operation.managers.length > 1) return { because: `it is not known which ${operation.program} the base image has`, span };
			if (operation.invocation.moreArguments || operation.operands.length === 0) return { because: 'what is installed here comes from elsewhere', span };
			if (run.instruction.exec) return { because: 'the exec form has no shell for the cleaning', span };
			if (/group|module/.test(operation.verb[0]?.value ?? '')) return { because: 'a group is installed, and nobody knows which of its packages the root needs', span };
			const { target } = model;
			if (target && model.stages[target.bottom]?.base.kind !== 'scratch')
				return { because: 'the root is copied onto another image, whose package database it hides', span: target.stage.from.span };
		}
	}
	return undefined;
}

function groupedByRoot(model: Model): readonly (readonly [Install, ...Install[]])[] {
	const groups = new Map<string, [Install, ...Install[]]>();
	for (const install of systemInstalls(model)) {
		if (!isForAnotherRoot(model, install.run, install.operation)) continue;
		const key = `${install.stage.index} ${install.operation.root}`;
		const group = groups.get(key);
		if (group) group.push(install);
		else groups.set(key, [install]);
	}
	return [...groups.values()];
}

function completeRoot(model: Model, installs: readonly [Install, ...Install[]]): Change | Refusal {
	const [{ stage, operation }] = installs;
	const root = plainRoot(operation) ?? operation.root ?? '';
	const told = installs.map((install) => tell(model, install));
	const names = installs.map(packagesOf);
	const buildinfo = copiesBuildinfo(model, installs[0]) ? contents(root) : [];
	if (buildinfo.length > 0 && operation.invocation.prefix !== '') return { because: 'UBI’s list of contents would have to be copied with sudo', span: headOf(operation) };
	const moved = moveRootFirst(model, stage.index, operation.root ?? '');
	const isIncomplete = told.some(({ isNaive }) => isNaive) || installs.some((install) => uncleaned(model, install)) || buildinfo.length > 0;
	if (!isIncomplete) return { title: `Copy ${root} first behind FROM scratch`, edits: moved, assumes: [], saves: undefined };
	const hasManager = names.some((list) => list?.some((name) => /^(?:dnf5?|yum|microdnf|libdnf5?|rpm-ostree)\b/.test(name)) ?? true);
	const cleaning = cleanRoot(model, installs, hasManager, buildinfo);
	if (isRefusal(cleaning)) return cleaning;
	const joined = joinedByAnd(model, installs);
	if (isRefusal(joined)) return joined;
	const unread = installs.flatMap(({ operation: { operands } }, index) => {
		const isKnown = names[index] || !told[index]?.isFirst || operands.some(({ value }) => /^glibc-.*langpack/.test(value ?? ''));
		return isKnown ? [] : operands.filter(({ value }) => value === undefined);
	});
	return {
		title: `Complete the install into ${root}`,
		edits: [...told.flatMap(({ edits }) => edits), ...cleaning.edits, ...joined, ...moved],
		assumes: [
			...told.flatMap(({ assumes }) => assumes),
			...unread.map(({ text }) => `${text} has a language pack of glibc, or needs none.`),
			...(cleaning.removesHistory ? ['Nobody installs packages in the image: the history of dnf goes with its caches and logs.'] : []),
			...(joined.length > 0 ? ['An installation that fails is to stop the build.'] : []),
		],
		saves: told.flatMap(({ saves }) => saves ?? [])[0],
	};
}

/** What one install is told in addition. */
interface Told {
	readonly edits: readonly Edit[];
	readonly assumes: readonly string[];
	/** It lacks something that makes the image bigger than it was, or keeps it from being built. */
	readonly isNaive: boolean;
	/** It fills an empty root. */
	readonly isFirst: boolean;
	readonly saves: Saving | undefined;
}

function tell(model: Model, install: Install): Told {
	const { operation } = install;
	const names = packagesOf(install);
	const said = missingInRoot(model, install);
	// The empty configuration among microdnf's companions says nothing of weak dependencies.
	const unset = said.companions.includes('--config=') && decisionOn(model, install, 'weakDependencies') !== 'option';
	const missing = { ...said, langpack: said.empty && lacksLangpack(install, names), weakDependencies: said.weakDependencies || unset };
	const completion = completionOf(install, missing);
	const languages = languagesOf(model);
	const lean = missing.langpack && names ? [...(languages.length > 0 ? languages : completion.packages), ...(lacksCoreutils(install, names) ? ['coreutils-single'] : [])] : [];
	// Only a recommendation of nodejs brings npm.
	const npm =
		missing.weakDependencies && names?.includes('nodejs') && !names.includes('npm') && /\bnp[mx]\b/.test(model.file.text) && !model.file.text.includes('nodesource') ? ['npm'] : [];
	const packages = [...lean, ...npm];
	const told = [...(missing.companions.length > 0 ? companionsOf(install, missing) : []), ...completion.options];
	const options = [...(missing.release ? [] : releaseOf(install, missing)), ...told];
	return {
		edits: [...options.map((option) => optionEdit(model, operation, option)), ...packageEdits(model, operation, packages)],
		assumes: [
			...(missing.weakDependencies ? ['Nothing in the image needs packages that those it installs only recommend.'] : []),
			...(missing.docs ? ['Nothing in the image reads manuals or other documentation.'] : []),
			...(missing.langpack
				? [languages.length > 0 ? `The image needs no languages but those of ${languages.join(' and ')}.` : 'C, C.UTF-8 and POSIX are all the locales that the image needs.']
				: []),
			...(packages.includes('coreutils-single') ? ['The coreutils may be one program with many names.'] : []),
		],
		isNaive: told.length > 0 || packages.length > 0,
		isFirst: missing.empty,
		saves: completionSaving(install, missing),
	};
}

/** The packages that an install names, variables of the file in place; undefined where one is not known. */
function packagesOf({ operation, run }: Install): readonly string[] | undefined {
	const words = packageWords(operation, run)?.map((word) => expand(word, run.variables));
	return words?.includes(undefined) ? undefined : words?.flatMap((word) => word?.split(/\s+/) ?? []);
}

/**
 * Packages that need no coreutils. With any other the small variant is named as in slide 19 and in the recipes of sclorg, since the large one comes where a
 * package asks for coreutils and nobody has named one (coreutils.spec). Who named a language pack has thought of that.
 */
const withoutCoreutils =
	/^(?:busybox|setup|filesystem|basesystem|tzdata|bash|glibc|glibc-.*|libgcc|libstdc\+\+|zlib|zlib-ng-compat|ncurses-.*|.*-(?:release|repos|gpg-keys|fonts|common)(?:-.*)?)$/;

function lacksCoreutils({ stage, manager }: Install, names: readonly string[]): boolean {
	const known = stage.image && rpmRootOf(stage.image.distribution, stage.release);
	if (known?.coreutils !== 'coreutils-single' || manager.id === 'yum3') return false;
	return names.some((name) => !withoutCoreutils.test(name)) && !names.some((name) => name.startsWith('coreutils'));
}

/** The language packs of the locales that ENV names; none for those that every root has. */
function languagesOf({ file }: Model): readonly string[] {
	const locales = file.instructions.filter(({ keyword }) => keyword === 'ENV').flatMap((one) => assignmentsOf(one).filter(([name]) => /^(?:LANG|LANGUAGE|LC_\w+)$/.test(name)));
	return [...new Set(locales.flatMap(([, value]) => /^([a-z]{2,3})_[A-Z]{2}\b/.exec(value ?? '')?.[1] ?? []).map((language) => `glibc-langpack-${language}`))];
}

/** The release, where the base's own repositories do not ask for it and others do (`epel-$releasever`); not worth a change by itself. */
function releaseOf({ stage, manager, operation }: Install, { empty }: Missing): readonly string[] {
	const known = stage.image && rpmRootOf(stage.image.distribution, stage.release);
	const isSaid = operation.options.some(({ text }) => /releasever|reposdir|^--(?:repofrompath|config|repo|repoid)\b|^-c=/.test(text));
	return empty && manager.id === 'dnf4' && !isSaid && /^\d+$/.test(known?.release ?? '') ? [`--releasever ${known?.release}`] : [];
}

/** The options without which microdnf takes no other root, with the builder's own places; an empty root does not tell it the release either (microdnf, dnf-main.c; libdnf, dnf-context.cpp; gitlab-runner's dockerfiles). */
function companionsOf({ stage, operation }: Install, { companions, empty }: Missing): readonly string[] {
	const values: Readonly<Record<string, string>> = { '--setopt=cachedir=': '/var/cache/microdnf', '--setopt=reposdir=': '/etc/yum.repos.d', '--setopt=varsdir=': '/etc/dnf/vars' };
	const release = empty && stage.release !== undefined && !operation.options.some(({ name }) => name === '--releasever') ? [`--releasever=${stage.release}`] : [];
	return [...companions.map((name) => `${name}${values[name] ?? ''}`), ...release];
}

/** Behind the last option before the verb, else behind the one that names the root, in the layout of the options there. */
function optionEdit({ file }: Model, { options, verb, rootOption }: Operation, option: string): Edit {
	const ends = options.flatMap(({ words }) => words.at(-1) ?? []).sort((a, b) => a.span.start - b.span.start);
	const before = ends.filter(({ span }) => span.end <= (verb[0]?.span.start ?? 0));
	const own = options.find(({ words }) => words.map(({ text }) => text).join(' ') === rootOption)?.words.at(-1);
	const isBefore = own !== undefined && before.includes(own);
	const behind = isBefore ? before.at(-1) : own;
	return insertInList(file, isBefore ? before : ends, behind as NonNullable<typeof behind>, option);
}

/** In front of the first package, on lines of their own where that one has its own. */
function packageEdits({ file }: Model, { operands }: Operation, packages: readonly string[]): readonly Edit[] {
	const [first] = operands;
	if (!first || packages.length === 0) return [];
	const { start } = first.span;
	const indent = /(?<=\n)[ \t]*$/.exec(file.text.slice(0, start))?.[0];
	const between = indent === undefined || operands.length === 1 ? ' ' : ` ${file.escape}${file.newline}${indent}`;
	return [{ span: { start, end: start }, text: packages.map((name) => name + between).join('') }];
}

function copiesBuildinfo({ file }: Model, { stage }: Install): boolean {
	const known = stage.image && rpmRootOf(stage.image.distribution, stage.release);
	return known?.hasBuildinfo === true && !file.text.includes('buildinfo');
}

/** How UBI's list of its contents is copied; releases have it in one place or the other. */
function contents(root: string): readonly string[] {
	return [`{ [ ! -d /root/buildinfo ] || cp -a /root/buildinfo ${root}/root/; }`, `{ [ ! -d /usr/share/buildinfo ] || cp -a /usr/share/buildinfo ${root}/usr/share/; }`];
}

/** `;` to `&&` behind the installs, where it hides that they failed. */
function joinedByAnd({ file }: Model, installs: readonly Install[]): readonly Edit[] | Refusal {
	const edits = new Map<number, Edit>();
	for (const { run, operation } of installs) {
		const { script } = run.instruction;
		for (const hidden of script ? hiddenFailures(file.text, script, false) : []) {
			if (hidden.command !== operation.invocation.command) continue;
			if (!hidden.edits) return { because: 'the commands behind it hide whether it worked, and with `&&` they would mean something else', span: headOf(operation) };
			for (const edit of hidden.edits) edits.set(edit.span.start, edit);
		}
	}
	return [...edits.values()];
}
