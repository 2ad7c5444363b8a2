import { remember } from '../basics/remember';
import type { Model } from '../stages/model';
import { isNamedForWork } from './stageNames';
import { programOf, startedBy } from './started';

/** A shell, what only waits for one, an editor, or what hands out files that were built. */
const waits = /^(?:(?:ba|da|a|z|fi)?sh|sleep|tail|true|sshd|code-server|jupyter.*|tar|cp|cat|echo|ls|rsync|docker|bats|pytest|tox)$/;

/** Scripts in folders of a source tree that hold what developers call. */
const scripts = /^(?:\.\/)?(?:hack|scripts?|man|contrib|ci|tools?|test|tests)\//;

/** Whether what is built is for those who write the program, by the name of its stage or by what it starts: then their tools are meant to be there. */
export const isForDevelopers = remember((model: Model): boolean => {
	const words = startedBy(model)?.words ?? [];
	return isNamedForWork(model.target) || waits.test(programOf(words)) || scripts.test(words[0] ?? '');
});
