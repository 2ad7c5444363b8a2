import { relative } from 'node:path';
import { readContainerfile } from '../../server/src/disk/read';
import { isRefusal } from '../../server/src/disk/refusal';
import { lint } from '../../server/src/lint/lint';
import { loneFile } from '../../server/src/model/context/context';
import { lineStarts, positionAt } from '../../server/src/text/lines';

/** A row of the table that people judge. */
interface Row {
	readonly rule: string;
	readonly place: string;
	readonly quoted: string;
	readonly message: string;
}

/** Findings drawn at random from all those in some files, each as likely as another, as a Markdown table without verdicts; the same for the same seed. */
export function draw(folder: string, files: readonly string[], wanted: number, seed: number): string {
	const random = randomFrom(seed);
	const drawn: Row[] = [];
	let seen = 0;
	for (const file of files) {
		const text = readContainerfile(file);
		if (isRefusal(text)) continue;
		const starts = lineStarts(text);
		for (const { rule, span, message } of lint(text, loneFile).findings) {
			seen++;
			const at = drawn.length < wanted ? drawn.length : Math.floor(random() * seen);
			if (at >= wanted) continue;
			const { line } = positionAt(starts, span.start);
			drawn[at] = { rule, place: `${relative(folder, file)}:${line + 1}`, quoted: text.slice(starts[line], starts[line + 1]).trim(), message };
		}
	}
	const rows = drawn
		.sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0))
		.map(({ rule, place, quoted, message }, index) => `| ${index + 1} | ${[rule, place, `\`${shortened(quoted).replaceAll('`', "'")}\``, message].map(inCell).join(' | ')} |  |`);
	return [`${drawn.length} of ${seen} findings, seed ${seed}`, '', '| | Rule | Where | Line | Says | Verdict |', '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function shortened(text: string): string {
	return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

function inCell(text: string): string {
	return text.replaceAll('|', '\\|');
}

/** Numbers from 0 to 1 that look random: mulberry32, by Tommy Ettinger, in the public domain. */
function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
	};
}
