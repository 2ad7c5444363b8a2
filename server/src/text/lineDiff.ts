import { diffLines, FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import type { Edit } from './edit';

/** Beyond this many lines that go or come, one replacement is as good to look at, and the search would take long. */
const bound = { maxEditLength: 1000 };

/** Replacements of whole lines that turn one text into the other, in order, none touching another; a single one where the texts have too little in common. */
export function lineEdits(before: string, after: string): readonly Edit[] {
	if (before === after) return [];
	const edits: Edit[] = [];
	let offset = 0;
	let open: Edit | undefined;
	for (const { added, removed, value } of diffLines(before, after, bound) ?? replacement(before, after)) {
		const end = offset + (added ? 0 : value.length);
		if (added || removed) {
			open = { span: { start: open?.span.start ?? offset, end }, text: (open?.text ?? '') + (added ? value : '') };
		} else {
			if (open) edits.push(open);
			open = undefined;
		}
		offset = end;
	}
	return open ? [...edits, open] : edits;
}

/** A unified diff with three lines around each change, which `patch -p1` and `git apply` take; `before` is undefined for a new file. Names are quoted where they have to be. */
export function unifiedPatch(name: string, before: string | undefined, after: string): string {
	const old = before ?? '';
	const from = before === undefined ? '/dev/null' : `a/${name}`;
	const to = `b/${name}`;
	const patch = structuredPatch(from, to, old, after, undefined, undefined, { context: 3, ...bound }) ?? {
		oldFileName: from,
		newFileName: to,
		oldHeader: undefined,
		newHeader: undefined,
		hunks: [{ oldStart: 1, oldLines: linesOf(old).length, newStart: 1, newLines: linesOf(after).length, lines: [...signed('-', old), ...signed('+', after)] }],
	};
	const [fromLine = '', toLine = '', ...hunks] = formatPatch(patch, FILE_HEADERS_ONLY).split('\n');
	return [closed(fromLine), closed(toLine), ...hunks].join('\n');
}

/** A tab ends a name with blanks in it; one that is quoted has its end. */
function closed(header: string): string {
	return header.includes(' ', 4) && !header.endsWith('"') ? `${header}\t` : header;
}

function replacement(before: string, after: string): readonly { readonly added: boolean; readonly removed: boolean; readonly value: string }[] {
	return [
		{ added: false, removed: true, value: before },
		{ added: true, removed: false, value: after },
	];
}

/** Without their ends. */
function linesOf(text: string): readonly string[] {
	return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function signed(sign: '-' | '+', text: string): readonly string[] {
	const lines = linesOf(text).map((line) => sign + line);
	return text === '' || text.endsWith('\n') ? lines : [...lines, '\\ No newline at end of file'];
}
