import { unifiedPatch } from '../text/lineDiff';
import { type Paint, printable, type Style } from './style';

/** A text before and after, with its path from the current folder, forward slashes; `before` is undefined for a new file. */
export interface Change {
	readonly path: string;
	readonly before: string | undefined;
	readonly after: string;
}

/** A unified diff that `patch -p1` and `git apply` take; empty where nothing differs. */
export function unifiedDiff({ path, before, after }: Change, style: Style): string {
	if ((before ?? '') === after) return '';
	const patch = unifiedPatch(path.replace(/^\/+/, ''), before, after);
	if (!style.coloured) return patch;
	const lines = patch.slice(0, -1).split('\n');
	const head = lines.findIndex((line) => line.startsWith('@@ '));
	const painted = lines.map((line, index) => (index < head ? style.bold(line) : paintOf(line, style)(printable(line.replace(/\r$/, '').replaceAll('\t', '    ')))));
	return `${painted.join('\n')}\n`;
}

function paintOf(line: string, style: Style): Paint {
	const paints: Readonly<Record<string, Paint>> = { '-': style.red, '+': style.green, '@': style.cyan };
	return paints[line.charAt(0)] ?? ((text) => text);
}
