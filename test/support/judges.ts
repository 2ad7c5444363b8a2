import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'docker-file-parser';

const keywords: ReadonlySet<string> = new Set(
	'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);

/** Whether a Containerfile parser that nobody here wrote takes every instruction of a text. It knows no here-documents and refuses some files that builders take, so only a change of its mind says something. */
export function acceptedElsewhere(text: string): boolean {
	try {
		return parse(text.replace(/^\uFEFF/, '')).every(({ name, error }) => keywords.has(name) && !error);
	} catch {
		return false;
	}
}

/** Of each text whether bash reads it without complaint; nothing of it is run. */
export function acceptedByBash(texts: readonly string[]): readonly boolean[] {
	return inFiles(texts, (paths) => {
		const { stdout, error } = spawnSync('bash', ['-c', 'while read -r file; do if bash -n "$file" 2>/dev/null; then echo ok; else echo no; fi; done'], options(paths));
		if (error) throw error;
		return stdout;
	});
}

/** Of each text whether a program takes it that reads paths from its standard input, a line each, and answers with a line each, beginning with `ok` for a file it takes. */
export function acceptedByProgram(program: string, texts: readonly string[]): readonly boolean[] {
	return inFiles(texts, (paths) => {
		const { stdout, error } = spawnSync(program, [], options(paths));
		if (error) throw error;
		return stdout;
	});
}

function options(paths: readonly string[]): { input: string; encoding: 'utf8'; maxBuffer: number; stdio: ['pipe', 'pipe', 'inherit'] } {
	return { input: paths.map((path) => `${path}\n`).join(''), encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'inherit'] };
}

function inFiles(texts: readonly string[], judge: (paths: readonly string[]) => string): readonly boolean[] {
	if (texts.length === 0) return [];
	const folder = mkdtempSync(join(tmpdir(), 'whittle-judge-'));
	try {
		const paths = texts.map((text, index) => {
			const path = join(folder, String(index));
			writeFileSync(path, text);
			return path;
		});
		const answers = judge(paths).trimEnd().split('\n');
		if (answers.length !== texts.length) throw new Error(`${texts.length} texts were to be judged and ${answers.length} answers came`);
		return answers.map((answer) => answer.startsWith('ok'));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
