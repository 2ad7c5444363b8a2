import type { Containerfile, Instruction } from '../../server/src/syntax/containerfile';

/**
 * What a builder hands to the shell for a RUN, made as builders do it and not as Whittle's parser does: comment lines and blank lines between continuations
 * are dropped, continued lines are joined, here-documents follow. Undefined where no POSIX shell reads it (exec form, another SHELL or interpreter).
 */
export function shellText(file: Containerfile, run: Instruction): string | undefined {
	if (run.keyword !== 'RUN' || run.exec || !run.script) return undefined;
	const [heredoc] = run.heredocs;
	if (run.bare && heredoc) return plainLines(file.text.slice(heredoc.body.start, heredoc.body.end));
	const documents = run.heredocs.map(({ span }) => `\n${plainLines(file.text.slice(span.start, span.end))}`);
	const end = heredoc ? file.text.lastIndexOf('\n', heredoc.body.start - 1) : run.span.end;
	return joinLines(file.text.slice(run.args.start, end), file.escape) + documents.join('');
}

function joinLines(text: string, continuation: Containerfile['escape']): string {
	let joined = '';
	for (const [number, line] of plainLines(text).split('\n').entries()) {
		if (number > 0 && /^\s*(?:#|$)/.test(line)) continue;
		const body = line.replace(/[ \t]+$/, '');
		if (!body.endsWith(continuation)) return joined + line;
		joined += body.slice(0, -1);
	}
	return joined;
}

function plainLines(text: string): string {
	return text.replace(/\r$/gm, '');
}
