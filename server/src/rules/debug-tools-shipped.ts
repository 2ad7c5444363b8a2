import type { Fix } from '../advice/advice';
import { removeWords } from '../advice/removeWords';
import { isCutOff } from '../model/commands/brokenLines';
import { type DebugInstall, debugInstalls } from '../model/packages/debugTools';
import type { Model } from '../model/stages/model';
import { listed } from '../text/listed';
import type { Word } from '../text/span';
import type { Rule } from './rule';

/** Editors, tracers and network tools for people are in the image that ships. */
export const debugToolsShipped: Rule = {
	id: 'debug-tools-shipped',
	title: 'Tools for looking around are shipped',
	severity: 'hint',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'An editor, a tracer or a network tool helps a person who looks into a running container, and nothing else. Such a person can bring them: `podman run -it --pid=container:NAME --network=container:NAME` starts an image full of tools beside the container, `kubectl debug` does the same in a cluster. In the image they only take room, and give an intruder what he would otherwise have to bring. Nothing is said where the file uses them, or where people work in the container itself.',
		before:
			'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends nginx vim strace && rm -rf /var/lib/apt/lists/*\nCMD ["nginx", "-g", "daemon off;"]\n',
		after: 'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*\nCMD ["nginx", "-g", "daemon off;"]\n',
		links: ['https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container'],
	},
	*check(model, { oneLayer }) {
		for (const install of debugInstalls(model, oneLayer)) {
			const [first, ...others] = install.tools.map(({ word }) => word);
			if (!first) continue;
			yield {
				span: first.span,
				message: `${firstOf([first, ...others])} ${others.length === 0 ? 'helps' : 'help'} a person who looks around in the container, and nothing in this file uses ${others.length === 0 ? 'it' : 'them'}`,
				related: others.map(({ span }) => ({ span, message: 'for looking around, too' })),
				fixes: repairs(model, install),
			};
		}
	},
};

/** First without those that only people use, then without all of them. */
function repairs(model: Model, install: DebugInstall): readonly Fix[] {
	const words = install.tools.map(({ word }) => word);
	const sure = install.tools.filter(({ tool }) => !tool.callable).map(({ word }) => word);
	return [...(sure.length > 0 ? repair(model, install, sure, 'suggested') : []), ...(sure.length < words.length ? repair(model, install, words, 'review') : [])];
}

/** Only where a package stays that is known: an installation of nothing would fail or do something else. */
function repair({ file }: Model, { run, operation }: DebugInstall, words: readonly Word[], applicability: Fix['applicability']): readonly Fix[] {
	const { command, moreArguments } = operation.invocation;
	const stays = operation.operands.some((word) => word.value !== undefined && !words.includes(word));
	if (!stays || moreArguments || run.instruction.exec || isCutOff(file, run.instruction)) return [];
	const edits = removeWords(file, run.instruction, command.words, words);
	return edits ? [{ title: `Remove ${firstOf(words)}`, applicability, edits }] : [];
}

function firstOf(words: readonly Word[]): string {
	const names = words.map(({ text }) => text);
	return listed(words.length > 3 ? [...names.slice(0, 3), `${words.length - 3} more`] : names);
}
