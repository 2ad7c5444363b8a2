import { mergeRuns } from '../advice/mergeRuns';
import { areMergeable } from '../model/mergeable';
import type { Model, Run, StageModel } from '../model/model';
import { type StepKind, stepKind } from '../model/step';
import type { Rule } from './rule';

/** RUNs that follow each other and could be one. */
export const consecutiveRuns: Rule = {
	id: 'consecutive-runs',
	title: 'RUNs in a row make a layer each',
	severity: 'hint',
	concerns: 'image',
	fixable: 'suggested',
	hadolint: ['DL3059'],
	docs: {
		why: 'Every RUN makes a layer. That alone costs next to nothing: the image gets smaller by merging RUNs only where one removes or overwrites what another wrote, because both versions are in the image as long as they are in different layers. A file reads better with one step for one purpose, and on the other hand a merged step is repeated as a whole when a part of it changes.\n\nThe finding stands at the second RUN of a row. RUNs of a stage that is thrown away are left alone, and so are those that could not be merged without a change of meaning (`cd`, `export`, `set`, variables, here-documents, different mounts), and the border between installing dependencies and building sources, which the build cache needs.',
		before: 'FROM fedora:41\nRUN groupadd app\n# nobody logs in\nRUN useradd -g app -s /sbin/nologin app\n',
		after: 'FROM fedora:41\nRUN groupadd app \\\n    # nobody logs in\n    && useradd -g app -s /sbin/nologin app\n',
		links: ['https://docs.docker.com/build/building/best-practices/#run'],
	},
	*check(model, { oneLayer }) {
		if (oneLayer !== undefined) return;
		for (const stage of model.stages) {
			if (!stage.ships) continue;
			for (const row of rowsOf(model, stage)) {
				const [first, second] = row;
				if (!first || !second) continue;
				yield {
					span: second.instruction.keywordSpan,
					message: `${row.length} RUNs in a row make ${row.length} layers; merging them makes the image smaller only where one undoes what another wrote`,
					related: [{ span: first.instruction.keywordSpan, message: 'the first of them' }],
					fixes: [
						{
							title: `Merge the ${row.length} RUNs`,
							applicability: 'suggested',
							edits: mergeRuns(
								model.file,
								row.map(({ instruction }) => instruction),
							),
						},
					],
				};
			}
		}
	},
};

function rowsOf(model: Model, stage: StageModel): readonly (readonly Run[])[] {
	const rows: Run[][] = [];
	let kind: StepKind = 'neither';
	for (const run of stage.runs) {
		const row = rows.at(-1);
		const last = row?.at(-1);
		const own = stepKind(run);
		if (row && last && areMergeable(model, last, run) && (own === 'neither' || kind === 'neither' || own === kind)) row.push(run);
		else {
			rows.push([run]);
			kind = 'neither';
		}
		if (kind === 'neither') kind = own;
	}
	return rows.filter((row) => row.length > 1);
}
