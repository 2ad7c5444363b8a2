import type { Refusal } from '../rewrite';
import type { Ecosystem, Shop } from './ecosystem';
import { programsOfScript, scriptsOf } from './starts';

/** Packages of Debian that bring a program of another name; source: their file lists in Debian 12. */
const broughtBy: Readonly<Record<string, readonly string[]>> = {
	ps: ['procps'],
	top: ['procps'],
	free: ['procps'],
	pgrep: ['procps'],
	pkill: ['procps'],
	watch: ['procps'],
	ssh: ['openssh-client'],
	scp: ['openssh-client'],
	gpg: ['gnupg', 'gpg'],
	convert: ['imagemagick'],
	identify: ['imagemagick'],
	hg: ['mercurial'],
	svn: ['subversion'],
	xz: ['xz-utils'],
	python: ['python-is-python3', 'python'],
};

/**
 * Whether what the image starts finds its programs: what CMD, ENTRYPOINT, HEALTHCHECK and the file's own scripts call. A refusal where one is missing,
 * else what has to be assumed about scripts that nobody read.
 */
export function checkNeeds({ stage, context, starts }: Shop, ecosystem: Ecosystem, runtime: string, installed: readonly string[]): readonly string[] | Refusal {
	const lacks = new Set(ecosystem.lacks(stage));
	const missing = (program: string): boolean => lacks.has(program) && !installed.includes(program) && !broughtBy[program]?.some((name) => installed.includes(name));
	for (const { programs, instruction } of starts) {
		const lacking = programs.map((program) => program.replace(/^.*\//, '')).find(missing);
		if (lacking !== undefined) return { because: `${instruction.keyword} calls ${lacking}, which ${runtime} does not have; install it in this file`, span: instruction.span };
	}
	const assumes: string[] = [];
	for (const { program, start, text } of scriptsOf(stage, context, starts)) {
		const called = text === undefined ? undefined : programsOfScript(text);
		const lacking = called?.find(missing);
		if (lacking !== undefined) return { because: `${program} calls ${lacking}, which ${runtime} does not have; install it in this file`, span: start.instruction.span };
		if (!called) assumes.push(`${program} calls nothing that ${runtime} does not have.`);
	}
	return [...new Set(assumes)];
}
