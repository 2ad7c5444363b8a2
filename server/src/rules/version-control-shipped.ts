import type { Fix } from '../advice/advice';
import { appendCommand, insertAfter } from '../advice/statements';
import { isCutOff } from '../model/commands/brokenLines';
import type { Invocation } from '../model/commands/invocation';
import { type Clone, keptClones, keptFolder } from '../model/files/clones';
import { type CloneUse, isToolGone, useOf } from '../model/files/cloneUses';
import type { Model } from '../model/stages/model';
import type { Rule } from './rule';

/** The history of somebody's sources is in the image. */
export const versionControlShipped: Rule = {
	id: 'version-control-shipped',
	title: 'The history of cloned sources is shipped',
	severity: 'info',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'A clone brings every version that a project ever had, and keeps them beside the files: often several times their size. `--depth 1` brings the last commit of a branch or tag only; where a commit is checked out by its name, `.git` can go in the same RUN. `svn export` brings files without a second copy of each. A clone with `--depth` keeps a packed copy of the files all the same, which is told where git itself is removed again: programs that bring themselves up to date need it. No repair is offered where something may ask for the history later, as build systems do for their version.',
		before: 'FROM python:3.12-slim\nRUN git clone -b v2.1 https://github.com/acme/tool /opt/tool\nCMD ["python", "/opt/tool/main.py"]\n',
		after: 'FROM python:3.12-slim\nRUN git clone --depth 1 -b v2.1 https://github.com/acme/tool /opt/tool\nCMD ["python", "/opt/tool/main.py"]\n',
		links: ['https://git-scm.com/docs/git-clone'],
	},
	*check(model, { oneLayer }) {
		for (const clone of keptClones(model, oneLayer)) {
			const use = clone.tool === 'git' ? useOf(model, clone) : 'unknown';
			// Programs that bring themselves up to date need it, and show their version by it: no more is sure than that nothing can where git is gone.
			if (clone.shallow && (use === 'unknown' || !isToolGone(model, clone))) continue;
			const name = clone.invocation.name?.span.start ?? clone.verb.span.start;
			yield {
				span: { start: name, end: clone.verb.span.end },
				...(clone.shallow ? { severity: 'hint' } : {}),
				message: messageOf(clone, use),
				fixes: repairs(model, clone, use),
			};
		}
	},
};

function messageOf({ tool, folder, invocation, shallow }: Clone, use: CloneUse): string {
	const where = folder === undefined ? keptFolder[tool] : `${folder === '/' ? '' : folder}/${keptFolder[tool]}`;
	if (tool === 'svn') return `this keeps a second copy of every file in ${where}; svn export brings the files alone`;
	if (shallow) return `this keeps a packed copy of the sources in ${where}, and git is removed later; it can go in this RUN`;
	const cure =
		tool === 'git' && use === 'none' && !bringsSubmodules(invocation)
			? '--depth 1 brings the last commit only'
			: `where nothing asks for it later, ${keptFolder[tool]} can go in this RUN`;
	return `this brings the whole history, which stays in the image as ${where}; ${cure}`;
}

/** Whether it clones submodules too: those come with all of their history whatever `--depth` says. */
function bringsSubmodules({ args }: Invocation): boolean {
	return args.some(({ text }) => /^--recurs(?:e-submodules|ive)(?:=|$)/.test(text));
}

/** Servers that surely know shallow clones: one that only serves files refuses them, and the build would end there. */
const knowsShallow = /^["']?(?:(?:https?|git|ssh):\/\/)?(?:[^/@\s]*@)?(?:github\.com|gitlab\.[\w.-]+|bitbucket\.org|codeberg\.org|[\w.-]+\.googlesource\.com)[/:]/;

function repairs(model: Model, clone: Clone, use: CloneUse): readonly Fix[] {
	const { run, folder, verb, invocation, url } = clone;
	if (use === 'unknown' || run.instruction.exec || isCutOff(model.file, run.instruction)) return [];
	const fixes: Fix[] = [];
	if (use === 'none' && !clone.shallow && knowsShallow.test(url) && !bringsSubmodules(invocation))
		fixes.push({ title: 'Add --depth 1', applicability: 'suggested', edits: [insertAfter(verb, '--depth 1')] });
	const plain = folder !== undefined && /^(?:\/[\w+-][\w.+-]*)+$/.test(folder);
	const command = `${invocation.prefix}rm -rf ${folder}/${keptFolder[clone.tool]}`;
	const edit = plain ? appendCommand(model.file, run.instruction, command) : undefined;
	if (edit) fixes.push({ title: `Append ${command}`, applicability: 'suggested', edits: [edit] });
	return fixes;
}
