import { mergeRuns } from '../../server/src/advice/mergeRuns';
import { analyze } from '../../server/src/lint/analyze';
import { loneFile } from '../../server/src/model/context/context';
import { mergeableRows } from '../../server/src/model/layers/mergeable';
import { applyEdits } from '../../server/src/text/edit';

/** The text with one RUN for every row of RUNs that can be one, whether or not that is worth it. */
export function merged(text: string): string {
	const model = analyze(text, loneFile);
	const rows = model.stages.filter(({ ships }) => ships).flatMap((stage) => mergeableRows(model, stage));
	return applyEdits(
		text,
		rows.flatMap((row) =>
			mergeRuns(
				model.file,
				row.map(({ instruction }) => instruction),
			),
		),
	);
}
