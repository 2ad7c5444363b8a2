import type { Span } from '../text/span';

/** What a masked stretch of instruction text holds. */
export interface Masked {
	/** As long as the original; only what a shell would not understand is changed. */
	readonly text: string;
	/** Comment lines between continuations: `#` to the end of the line. */
	readonly comments: readonly Span[];
}

/**
 * Makes shell text of the text of an instruction without changing its length: comment lines and blank lines between continuations become blanks,
 * every continuation becomes a backslash right before its newline (blanks and `\r` move in front of it, an `escape` of another kind is replaced).
 * `start` is where the stretch starts in the file; the first line is never a comment.
 */
export function maskContinuations(text: string, at: Span, continuation: string): Masked {
	const comments: Span[] = [];
	const original = text.slice(at.start, at.end);
	if (!original.includes('\n') && !original.endsWith(continuation)) return { text: original, comments };
	let result = '';
	let continued = false;
	let offset = 0;
	for (const piece of original.split(/(?<=\n)/)) {
		const line = piece.replace(/\r?\n$/, '');
		const body = line.trimEnd();
		if (continued && /^[ \t]*#/.test(line)) {
			const hash = at.start + offset + line.indexOf('#');
			comments.push({ start: hash, end: at.start + offset + body.length });
			result += ' '.repeat(piece.length);
		} else if (continued && body === '') {
			result += ' '.repeat(piece.length);
		} else if (body.endsWith(continuation) && piece.endsWith('\n')) {
			result += `${body.slice(0, -1)}${' '.repeat(piece.length - body.length - 1)}\\\n`;
			continued = true;
		} else {
			// A continuation at the very end continues nothing and is dropped by the builders.
			const text = body.endsWith(continuation) ? `${body.slice(0, -1)}${' '.repeat(piece.length - body.length + 1)}` : piece;
			result += text.endsWith('\r\n') ? `${text.slice(0, -2)} \n` : text;
			continued = body.endsWith(continuation);
		}
		offset += piece.length;
	}
	return { text: result, comments };
}

/** The text of a here-document's body as a shell reads it: only `\r` is hidden. Same length. */
export function maskBody(text: string, at: Span): string {
	return text
		.slice(at.start, at.end)
		.replace(/\\\r\n/g, ' \\\n')
		.replace(/\r$/gm, ' ');
}
