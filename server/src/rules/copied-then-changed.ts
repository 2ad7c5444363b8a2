import type { Finding } from '../advice/advice';
import { changeInCopy } from '../advice/changeInCopy';
import { type ChangedFiles, changedFiles } from '../model/layers/changedFiles';
import type { Model } from '../model/stages/model';
import type { Rule } from './rule';

/** A RUN changes owner, mode or place of what an earlier layer has: both layers ship it. */
export const copiedThenChanged: Rule = {
	id: 'copied-then-changed',
	title: 'What an earlier layer has is changed and ships twice',
	severity: 'warning',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'A layer cannot change a file of an earlier one. Another owner, another mode or another place is enough for the whole file to be written into the new layer, and the old one keeps its own: the image carries both. COPY and ADD can give owner and mode themselves (`--chown`, `--chmod`), and copy to the right place at once; what a RUN fetches or unpacks it can change before it ends.',
		before: 'FROM debian:12\nRUN useradd app\nCOPY src /app\nRUN chown -R app:app /app\n',
		after: 'FROM debian:12\nRUN useradd app\nCOPY --chown=app:app src /app\nRUN chown app:app /app\n',
		links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
	},
	*check(model, context) {
		for (const change of changedFiles(model, context)) yield report(model, change);
	},
};

function report(model: Model, changed: ChangedFiles): Finding {
	const { command, change, earlier, paths } = changed;
	const [first] = earlier;
	const place = paths.length === 1 ? (paths[0] ?? '') : `${paths[0]} and ${paths.length - 1} more`;
	const keeper = earlier.length > 1 ? 'earlier instructions' : `an earlier ${first?.by.keyword}`;
	const does = { chown: 'gives another owner to', chgrp: 'gives another group to', chmod: 'gives another mode to', mv: 'moves', strip: 'strips' }[change.program];
	const fix = changeInCopy(model, changed);
	return {
		span: command.invocation.command.span,
		message: `${change.program} ${does} what ${keeper} wrote to ${place}, so both layers have it and it ships twice`,
		related: earlier.map(({ by }) => ({ span: by.keywordSpan, message: 'written here' })),
		...(fix ? { fixes: [fix] } : {}),
	};
}
