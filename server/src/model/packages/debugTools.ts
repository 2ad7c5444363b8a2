import { firstFrom, type Word } from '../../text/span';
import { remember } from '../basics/remember';
import { type DebugTool, debugToolOf } from '../catalog/debugTools';
import type { Operation } from '../commands/operation';
import type { Context } from '../context/context';
import { isWorkplace } from '../purpose/toolbox';
import { type Model, type Run, runsInLayer } from '../stages/model';
import { remarksOn } from '../stages/remarks';
import { isRemovedBy } from './removedPackages';

/** An installation of tools for people who look around in the container. */
export interface DebugInstall {
	readonly run: Run;
	readonly operation: Operation;
	readonly tools: readonly { readonly word: Word; readonly tool: DebugTool }[];
}

/** The installations of such tools that ship and that nothing else in the file uses, where nobody works in the container. `oneLayer`: see Context. */
export function debugInstalls(model: Model, oneLayer: Context['oneLayer']): readonly DebugInstall[] {
	const named = namedTools(model);
	if (named.length === 0 || isWorkplace(model)) return [];
	const used = wordsOf(model, new Set(named.flatMap(({ tools }) => tools.map(({ word }) => word.span.start))));
	return named.flatMap(({ run, operation, tools }) => {
		const layer = runsInLayer(model, run, oneLayer);
		const unused = tools.filter(({ word, tool }) => !tool.programs.some((program) => used.has(program)) && !layer.some((one) => isRemovedBy(one, operation, word.value ?? '')));
		return isForPeople(
			unused.map(({ tool }) => tool),
			callsTools(model),
		)
			? [{ run, operation, tools: unused }]
			: [];
	});
}

/** One or two things that a program may call are likely to be called by it; a whole set of them is not. */
function isForPeople(tools: readonly DebugTool[], calling: boolean): boolean {
	return tools.some(({ callable }) => !callable) || (!calling && new Set(tools).size > 2);
}

/** Programs that watch or search a network call such tools as a matter of course. */
const probes =
	/zabbix|nagios|icinga|naemon|sensu|smokeping|librenms|observium|cacti|netdata|telegraf|monit|blackbox|openvas|metasploit|kali|pentest|scanner|recon|network-tools|nettools/i;

const callsTools = remember(({ file }: Model): boolean => probes.test(file.text));

const namedTools = remember((model: Model): readonly DebugInstall[] =>
	model.stages
		.filter(({ ships }) => ships)
		.flatMap(({ runs }) => runs)
		.flatMap((run) => {
			let said: { readonly isMeant: boolean; readonly words: ReadonlySet<string> } | undefined;
			// A comment that names the tool, or whom it is for, has a reason for it.
			const isExplained = ({ programs }: DebugTool): boolean => {
				said ??= readRemarks(remarksOn(model.file, run.instruction).toLowerCase());
				const { isMeant, words } = said;
				return isMeant || programs.some((program) => words.has(program));
			};
			return run.operations.flatMap((operation) => {
				const family = operation.managers[0]?.family;
				if (!family || operation.action !== 'install' || operation.root !== undefined || operation.invocation.command.conditional) return [];
				const tools = operation.operands.flatMap((word) => {
					const tool = word.value === undefined ? undefined : debugToolOf(word.value, family);
					return tool && !isExplained(tool) ? [{ word, tool }] : [];
				});
				return tools.length > 0 ? [{ run, operation, tools }] : [];
			});
		}),
);

function readRemarks(text: string): { readonly isMeant: boolean; readonly words: ReadonlySet<string> } {
	return { isMeant: /troubleshoot|debug|diagnos|developers?\b/.test(text), words: new Set(text.split(/[^\w-]+/)) };
}

const spoken = new Set(['LABEL', 'MAINTAINER', 'FROM']);

/** Every word of the stages that ship, in lower case, comments and the words at `except` left out. */
function wordsOf({ file, stages }: Model, except: ReadonlySet<number>): ReadonlySet<string> {
	const words = new Set<string>();
	for (const { stage, ships } of stages) {
		if (!ships) continue;
		for (const { keyword, span, comments } of stage.instructions) {
			if (spoken.has(keyword)) continue;
			for (const { 0: word, index } of file.text.slice(span.start, span.end).matchAll(/[A-Za-z_][\w-]*/g)) {
				const at = span.start + index;
				const comment = comments[firstFrom(comments, at + 1, ({ start }) => start) - 1];
				if (!except.has(at) && (comment === undefined || comment.end <= at)) words.add(word.toLowerCase());
			}
		}
	}
	return words;
}
