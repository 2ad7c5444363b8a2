import type { Finding, Fix, Severity } from '../advice/advice';
import { mergeRuns } from '../advice/mergeRuns';
import { isSmallFile } from '../model/basics/fileKinds';
import type { Context } from '../model/context/context';
import { type Buried, type HiddenRemoval, hiddenRemovals } from '../model/layers/hiddenRemovals';
import { mergeableRow } from '../model/layers/mergeable';
import { isSlight } from '../model/layers/slightFiles';
import { cacheSaving } from '../model/packages/caches';
import type { Model, Run } from '../model/stages/model';
import type { Rule } from './rule';

/** A RUN removes what an earlier layer holds: nothing gets smaller. */
export const cleanedTooLate: Rule = {
	id: 'cleaned-too-late',
	title: 'What an earlier layer holds is only hidden',
	severity: 'warning',
	concerns: 'image',
	fixable: 'safe',
	docs: {
		why: 'A layer never changes once its instruction is done. Removing in a later RUN what an earlier one wrote, a COPY brought or the base image has only adds a note that it is gone: the image still carries it. It has to be removed by the RUN that wrote it; what comes from a COPY can be mounted (`RUN --mount=type=bind`) or taken from a builder stage instead.\n\nStages that are thrown away are left alone. Numbers are given only for package managers’ caches.',
		before: 'FROM fedora:40\nRUN dnf -y install nginx\nRUN dnf clean all\n',
		after: 'FROM fedora:40\nRUN dnf -y install nginx \\\n    && dnf clean all\n',
		links: ['https://docs.docker.com/build/building/best-practices/#run'],
	},
	*check(model, context) {
		for (const removal of hiddenRemovals(model)) {
			const buried = removal.buried.filter((one) => isKept(removal.run, one, context));
			if (!buried.every(isSlight)) yield report(model, { ...removal, buried });
		}
	},
};

/** Whether the layer that has it is another than the one that the RUN ends in. */
function isKept({ stage }: Run, { kind, by }: Buried, { oneLayer }: Context): boolean {
	if (oneLayer === undefined) return true;
	return oneLayer === 'stage' && (kind === 'base' || by.stage !== stage);
}

function report(model: Model, removal: HiddenRemoval): Finding {
	const { command, buried } = removal;
	const saves = buried
		.map(({ cache }) => cache && cacheSaving(cache))
		.filter((one) => one !== undefined)
		.at(-1);
	const severity = severityOf(buried);
	const fix = repair(model, removal);
	const sources = [...new Map(buried.map((one) => [one.by, one])).values()];
	return {
		span: command.span,
		message: `this comes too late to make the image smaller: ${keeper(sources)} ${listed(buried)}`,
		...(severity ? { severity } : {}),
		...(saves ? { saves } : {}),
		related: sources.map(({ by, kind, what }) => ({
			span: by.keywordSpan,
			message: kind === 'base' ? 'the base image has it' : `${what} ${kind === 'package' ? 'is installed' : 'is written'} here`,
		})),
		...(fix ? { fixes: [fix] } : {}),
	};
}

function severityOf(buried: readonly Buried[]): Severity | undefined {
	if (buried.every(({ kind }) => kind === 'base')) return 'hint';
	return buried.every(({ kind, what }) => kind === 'base' || (kind === 'file' && isSmallFile(what))) ? 'info' : undefined;
}

function listed(buried: readonly Buried[]): string {
	const [first = '', second, ...more] = [...new Set(buried.map(({ what }) => what))];
	if (second === undefined) return first;
	return more.length > 0 ? `${first}, ${second} and ${more.length} more` : `${first} and ${second}`;
}

function keeper(sources: readonly Buried[]): string {
	const [first] = sources;
	if (!first || sources.length > 1) return 'the layers of earlier instructions keep';
	return first.kind === 'base' ? 'the base image keeps' : `the layer of an earlier ${first.by.keyword} keeps`;
}

/** One RUN from the first that wrote to this one, where all between can be merged. */
function repair(model: Model, { run, buried }: HiddenRemoval): Fix | undefined {
	let row: readonly Run[] = [];
	for (const by of new Set(buried.map((one) => one.run))) {
		const longer = by && mergeableRow(model, by, run);
		if (longer && longer.length > row.length) row = longer;
	}
	if (row.length === 0) return undefined;
	return {
		title: `Merge ${row.length} RUNs, so that what one writes and another removes never gets into a layer`,
		applicability: 'safe',
		edits: mergeRuns(
			model.file,
			row.map(({ instruction }) => instruction),
		),
	};
}
