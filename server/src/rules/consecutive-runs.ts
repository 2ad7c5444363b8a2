import type { Finding } from '../advice/advice';
import { mergeRuns } from '../advice/mergeRuns';
import { mergeableRows } from '../model/layers/mergeable';
import { changesRpmDatabase, type Rewriting, rewritings } from '../model/layers/rewritten';
import { type StaleLists, staleLists } from '../model/layers/staleLists';
import type { Model, Run } from '../model/stages/model';
import type { Rule } from './rule';

/** RUNs that follow each other, could be one, and write the same files into a layer each, or install from package lists that grow old in the build cache. */
export const consecutiveRuns: Rule = {
	id: 'consecutive-runs',
	title: 'RUNs in a row write the same files, or install from package lists of an earlier one',
	severity: 'hint',
	concerns: 'image',
	fixable: 'suggested',
	hadolint: ['DL3059'],
	docs: {
		why: 'Every RUN makes a layer. That alone costs next to nothing, and a file reads better with one step for one purpose. But a file that two RUNs write is in the image twice: what one fetched and another gives to another owner, and the database of rpm, which every installation of packages writes anew as a whole. Where such RUNs follow each other, one RUN ships those files once.\n\n`apt-get update` in a RUN of its own is the other reason: a build takes that RUN from its cache for as long as nothing in it changes, and an `apt-get install` that was changed since looks for packages that the mirrors no longer have. The layer keeps the lists for good, too, as the RUN that installs can only hide them.\n\nOn the other hand a merged step is repeated as a whole when a part of it changes.\n\nOnly the RUNs from the first to the last that a reason names are merged, with those between. RUNs of a stage that is thrown away are left alone, and so are those that could not be merged without a change of meaning (`cd`, `export`, `set`, variables, here-documents, different mounts), and the border between installing dependencies and building sources, which the build cache needs.',
		before: 'FROM fedora:41\nRUN dnf -y install nginx\n# for the start script\nRUN dnf -y install jq\n',
		after: 'FROM fedora:41\nRUN dnf -y install nginx \\\n    # for the start script\n    && dnf -y install jq\n',
		links: ['https://docs.docker.com/build/building/best-practices/#run'],
	},
	*check(model, context) {
		if (context.oneLayer !== undefined) return;
		const rows = model.stages.filter(({ ships }) => ships).flatMap((stage) => mergeableRows(model, stage));
		const rewritten = rewritings(model, rows, context);
		for (const row of rows) {
			const own = rewritten.filter(({ run }) => row.includes(run));
			for (const part of partsOf(row, row.filter(changesRpmDatabase), own, staleLists(model, row))) yield report(model, part);
		}
	},
};

/** RUNs of a row that are worth being one, and why. */
interface Part {
	readonly runs: readonly Run[];
	/** Those that change packages of rpm: none or several. */
	readonly transactions: readonly Run[];
	readonly rewritten: readonly Rewriting[];
	readonly stale: readonly StaleLists[];
}

/** From the first to the last RUN of each reason; reasons that share a RUN are one. */
function partsOf(row: readonly Run[], transactions: readonly Run[], rewritten: readonly Rewriting[], stale: readonly StaleLists[]): readonly Part[] {
	const [first] = transactions;
	const last = transactions.at(-1);
	const spans = [
		...(first && last && first !== last ? [{ first, last }] : []),
		...rewritten.map(({ by, run }) => ({ first: by, last: run })),
		...stale.map(({ by, runs }) => ({ first: by, last: runs.at(-1) ?? by })),
	]
		.map((span) => ({ from: row.indexOf(span.first), to: row.indexOf(span.last) }))
		.sort((a, b) => a.from - b.from);
	const joined: { from: number; to: number }[] = [];
	for (const { from, to } of spans) {
		const before = joined.at(-1);
		if (before && from <= before.to) before.to = Math.max(before.to, to);
		else joined.push({ from, to });
	}
	return joined.map(({ from, to }) => {
		const runs = row.slice(from, to + 1);
		const own = transactions.filter((run) => runs.includes(run));
		return { runs, transactions: own.length > 1 ? own : [], rewritten: rewritten.filter(({ run }) => runs.includes(run)), stale: stale.filter(({ by }) => runs.includes(by)) };
	});
}

function report(model: Model, part: Part): Finding {
	const { runs } = part;
	const { at, message, earlier, role } = reasonOf(part);
	return {
		span: at.instruction.keywordSpan,
		message,
		related: [{ span: earlier.instruction.keywordSpan, message: role }],
		fixes: [
			{
				title: `Merge the ${runs.length} RUNs`,
				applicability: 'suggested',
				edits: mergeRuns(
					model.file,
					runs.map(({ instruction }) => instruction),
				),
			},
		],
	};
}

/** The first reason of a part: where it is said, in words, and what it has to do with an earlier RUN. */
interface Reason {
	readonly at: Run;
	readonly message: string;
	readonly earlier: Run;
	readonly role: string;
}

function reasonOf({ rewritten: [rewriting], stale: [lists], transactions, runs }: Part): Reason {
	if (rewriting) return { at: rewriting.run, message: saysRewriting(rewriting), earlier: rewriting.by, role: 'written here' };
	if (lists) return { at: lists.runs[0], message: installsFromOldLists, earlier: lists.by, role: 'the package lists are fetched here' };
	const [earlier, at] = (transactions.length > 0 ? transactions : runs) as readonly [Run, Run, ...Run[]];
	const message = `${transactions.length} RUNs in a row change packages of rpm, and each of their layers ships the whole rpm database; one RUN would ship it once`;
	return { at, message, earlier, role: 'the first of them' };
}

const installsFromOldLists =
	'this installs from package lists that an earlier RUN fetched: from the build cache they come old, and name packages that are gone; one RUN fetches them whenever it installs';

function saysRewriting({ does, path }: Rewriting): string {
	if (does === 'removes') return `this removes ${path}, but the layer of an earlier RUN keeps it; one RUN would ship none of it`;
	const what = { chown: 'gives another owner to', chgrp: 'gives another group to', chmod: 'gives another mode to', mv: 'moves', strip: 'strips', edits: 'edits' }[does];
	return `this ${what} ${path}, which an earlier RUN wrote, so both layers ship it; one RUN would ship it once`;
}
