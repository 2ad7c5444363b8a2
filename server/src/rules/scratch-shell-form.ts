import type { Fix } from '../advice/advice';
import { execForm } from '../advice/execForm';
import { hasNoShell } from '../model/catalog/withoutShell';
import { beginsEmpty, bringerOf, chainInstructions } from '../model/files/emptyRoot';
import type { Model, StageModel } from '../model/stages/model';
import type { Instruction } from '../syntax/containerfile';
import type { Word } from '../text/span';
import type { Rule } from './rule';

/** An instruction in shell form where no shell is. */
export const scratchShellForm: Rule = {
	id: 'scratch-shell-form',
	title: 'A shell is called for where none is',
	severity: 'warning',
	concerns: 'image',
	fixable: 'suggested',
	hadolint: ['DL3025'],
	docs: {
		why: 'Without brackets, CMD, ENTRYPOINT and HEALTHCHECK are handed to `/bin/sh -c`, and RUN is too. On scratch and on distroless images there is no shell: the image builds, and its container ends at once with “no such file or directory”. The exec form, a JSON array, starts the program itself. It knows no variables, no `&&` and no quotes but those of JSON, so only plain words are repaired here. Stages into which something may have brought a shell are left alone.',
		before: 'FROM scratch\nCOPY app /usr/bin/app\nCMD /usr/bin/app --port 8080\n',
		after: 'FROM scratch\nCOPY app /usr/bin/app\nCMD ["/usr/bin/app", "--port", "8080"]\n',
		links: ['https://docs.docker.com/reference/dockerfile/#shell-and-exec-form', 'https://github.com/GoogleContainerTools/distroless#entrypoints'],
	},
	*check(model) {
		if (model.file.problems.length > 0) return;
		// A SHELL says that another one is meant.
		const ownShell: boolean[] = [];
		for (const stage of model.stages) {
			const { base, index, runs } = stage;
			const [first] = runs;
			ownShell[index] = (base.kind === 'stage' && ownShell[base.index] === true) || stage.stage.instructions.some(({ keyword }) => keyword === 'SHELL');
			if (!first || ownShell[index] || !beginsWithoutShell(model, stage)) continue;
			const { instruction, mounts } = first;
			const mayBring = mounts.some(({ type }) => !/^(?:cache|secret|ssh|tmpfs)$/.test(type)) || instruction.heredocs.length > 0;
			if (instruction.exec || mayBring || bringerOf(model, stage, shells) !== instruction) continue;
			yield { span: instruction.keywordSpan, message: 'RUN in shell form needs /bin/sh, and nothing has brought a shell into this stage: the build fails here' };
		}
		const { target } = model;
		if (!target || ownShell[target.index] || !beginsWithoutShell(model, target) || bringerOf(model, target, shells)) return;
		const instructions = chainInstructions(model, target);
		const entrypoint = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
		for (const keyword of ['ENTRYPOINT', 'CMD', 'HEALTHCHECK']) {
			const last = instructions.findLast((one) => one.keyword === keyword);
			if (!last || !isShellForm(last)) continue;
			// An ENTRYPOINT takes back the CMD of what it is built on.
			if (keyword === 'CMD' && entrypoint && entrypoint.stage > last.stage) continue;
			const edits = keyword === 'CMD' && namesProgram(last, entrypoint) ? undefined : execForm(model.file, last);
			const fixes: readonly Fix[] = edits ? [{ title: 'Write it in exec form', applicability: 'suggested', edits }] : [];
			yield { span: last.keywordSpan, message: costOf(last, entrypoint), fixes };
		}
	},
};

const shells = ['/bin/sh', '/usr/bin/sh'];

/** Whether what a stage is built on in the end has no shell. */
function beginsWithoutShell(model: Model, stage: StageModel): boolean {
	const base = model.stages[stage.bottom]?.base;
	return beginsEmpty(model, stage) || (base?.kind === 'image' && base.reference !== undefined && hasNoShell(base.reference));
}

function isShellForm({ keyword, exec, words }: Instruction): boolean {
	const [first, second] = words;
	if (keyword === 'HEALTHCHECK') return first?.text.toUpperCase() === 'CMD' && second !== undefined && !second.text.startsWith('[');
	// Nothing to start is what images say that are only copied from.
	return exec === undefined && first !== undefined && first.value !== '';
}

/** Whether CMD starts with the program that ENTRYPOINT starts, its own or that of the images for Java and Node.js: in exec form it would get its own name as an argument. */
function namesProgram({ words }: Instruction, entrypoint: Instruction | undefined): boolean {
	const nameOf = (word: Word | undefined) => word?.value?.replace(/^.*\//, '');
	const program = nameOf(words[0]);
	return entrypoint ? program === nameOf((entrypoint.exec ?? entrypoint.words)[0]) : program === 'java' || program === 'node';
}

function costOf({ keyword, words }: Instruction, entrypoint: Instruction | undefined): string {
	if (words[0]?.text.startsWith('[')) return `this is no JSON array, so that ${keyword} is given to /bin/sh, and no shell is in this image`;
	if (keyword === 'HEALTHCHECK') return 'HEALTHCHECK in shell form is given to /bin/sh, and no shell is in this image: it always fails';
	if (keyword === 'CMD' && entrypoint?.exec?.length) return 'CMD in shell form gives ENTRYPOINT the words /bin/sh -c in front of its own, and no shell is in this image';
	return `${keyword} in shell form is given to /bin/sh, and no shell is in this image: the container does not start`;
}
