import type { Finding } from '../advice/advice';
import { mergeRuns } from '../advice/mergeRuns';
import { mergeableRows } from '../model/mergeable';
import type { Model, Run } from '../model/model';
import { changesRpmDatabase, type Rewriting, rewritings } from '../model/rewritten';
import type { Rule } from './rule';

/** RUNs that follow each other, could be one, and write the same files into a layer each. */
export const consecutiveRuns: Rule = {
	id: 'consecutive-runs',
	title: 'RUNs in a row write the same files, each into a layer of its own',
	severity: 'hint',
	concerns: 'image',
	fixable: 'suggested',
	hadolint: ['DL3059'],
	docs: {
		why: 'Every RUN makes a layer. That alone costs next to nothing, and a file reads better with one step for one purpose. But a file that two RUNs write is in the image twice: what one fetched and another gives to another owner, and the database of rpm, which every installation of packages writes anew as a whole. Where such RUNs follow each other, one RUN ships those files once. On the other hand a merged step is repeated as a whole when a part of it changes.\n\nOnly the RUNs from the first to the last that write the same are merged, with those between. RUNs of a stage that is thrown away are left alone, and so are those that could not be merged without a change of meaning (`cd`, `export`, `set`, variables, here-documents, different mounts), and the border between installing dependencies and building sources, which the build cache needs.',
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
			for (const part of partsOf(row, row.filter(changesRpmDatabase), own)) yield report(model, part);
		}
	},
};

/** RUNs of a row that are worth being one, and why. */
interface Part {
	readonly runs: readonly Run[];
	/** Those that change packages of rpm: none or several. */
	readonly transactions: readonly Run[];
	readonly rewritten: readonly Rewriting[];
}

/** From the first to the last RUN of each reason; reasons that share a RUN are one. */
function partsOf(row: readonly Run[], transactions: readonly Run[], rewritten: readonly Rewriting[]): readonly Part[] {
	const [first] = transactions;
	const last = transactions.at(-1);
	const spans = [...(first && last && first !== last ? [{ first, last }] : []), ...rewritten.map(({ by, run }) => ({ first: by, last: run }))]
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
		return { runs, transactions: own.length > 1 ? own : [], rewritten: rewritten.filter(({ run }) => runs.includes(run)) };
	});
}

function report(model: Model, part: Part): Finding {
	const { runs, transactions } = part;
	const [rewriting] = part.rewritten;
	const at = rewriting?.run ?? transactions[1] ?? runs[1];
	const earlier = rewriting?.by ?? transactions[0] ?? runs[0];
	const [first] = runs as readonly [Run, ...Run[]];
	return {
		span: (at ?? first).instruction.keywordSpan,
		message: rewriting
			? saysRewriting(rewriting)
			: `${transactions.length} RUNs in a row change packages of rpm, and each of their layers ships the whole rpm database; one RUN would ship it once`,
		related: [{ span: (earlier ?? first).instruction.keywordSpan, message: rewriting ? 'written here' : 'the first of them' }],
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

function saysRewriting({ does, path }: Rewriting): string {
	if (does === 'removes') return `this removes ${path}, but the layer of an earlier RUN keeps it; one RUN would ship none of it`;
	const what = { chown: 'gives another owner to', chgrp: 'gives another group to', chmod: 'gives another mode to', mv: 'moves', strip: 'strips', edits: 'edits' }[does];
	return `this ${what} ${path}, which an earlier RUN wrote, so both layers ship it; one RUN would ship it once`;
}
