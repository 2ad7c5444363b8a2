import type { Instruction } from '../syntax/containerfile';
import type { FilledCache } from './caches';
import { managersNamed } from './catalog/packageManagers';
import { isReadLater } from './later';
import { type Model, stageOf } from './model';
import { ownPrograms } from './ownPrograms';

/**
 * Whether what builds or runs the program may live on a cache that a RUN fills: another RUN that calls the same manager, before it or later, or what the
 * image starts. In doubt it may. Never of a cache that serves nobody.
 */
export function mayServe(model: Model, filled: FilledCache): boolean {
	const { run, manager, cache } = filled;
	if (!cache.serves) return false;
	const { chain } = stageOf(model, run);
	const calls = (program: string | undefined) => program !== undefined && (manager.readBy?.includes(program) || managersNamed(program).includes(manager));
	const isCalledBefore = chain.some((index) =>
		model.stages[index]?.runs.some(
			(other) =>
				other !== run && other.instruction.span.start < run.instruction.span.start && other.operations.some((one) => one.action !== 'clean' && one.managers.includes(manager)),
		),
	);
	return isCalledBefore || isReadLater(model, filled) || startsUnknown(model, calls);
}

/** Programs that are no script and start none. */
const starters = new Set(['java', 'nginx', 'tini', 'dumb-init', 'exec']);

/** Whether what the image starts is not known to be a program that needs no tool: nothing is said of it, a script, an interpreter, a shell. */
function startsUnknown(model: Model, calls: (program: string) => boolean | undefined): boolean {
	const instructions = (model.target?.chain ?? []).flatMap((index) => model.stages[index]?.stage.instructions ?? []).filter(({ onbuild }) => !onbuild);
	const entrypoint = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
	const command = instructions.findLast(({ keyword }) => keyword === 'CMD');
	if (instructions.some(({ keyword }) => keyword === 'VOLUME' || keyword === 'ONBUILD')) return true;
	const start = entrypoint ?? command;
	if (!start) return true;
	const words = wordsOf(model, start);
	const [first] = words;
	const name = first?.replace(/^.*\//, '') ?? '';
	const more = entrypoint && command ? wordsOf(model, command) : [];
	const { names, bringsFolder } = ownPrograms(model);
	if (first === undefined || [...words, ...more].some((word) => calls(word.replace(/^.*\//, '')) || /\.(?:sh|bash|py|pl|rb|js|R|php)$|[$;&|`'"[]/.test(word))) return true;
	if (starters.has(name)) return false;
	return names.has(name) || (bringsFolder && !first.includes('/')) || interpreters.test(name) || /entry-?point|^(?:start|run|init)/i.test(name);
}

const interpreters =
	/^(?:(?:ba|da|a|z|k|fi)?sh|busybox|env|python[\d.]*|ipython|jupyter.*|node|npm|npx|yarn|pnpm|bun|deno|perl|ruby|bundle|rake|rails|php|R|Rscript|irb|make|just|task|supervisord|s6-svscan|init|foreman|honcho|watchexec|nodemon|entr|tail|sleep|screen|tmux|code-server|sudo|su|gosu|su-exec|sbt|ant|lein|clj|clojure|scala|kotlin|groovy|jshell|tomcat|catalina.*|systemd|true|cat|bin)$/;

function wordsOf({ file }: Model, instruction: Instruction): readonly string[] {
	if (instruction.exec) return instruction.exec.map(({ value, text }) => value ?? text);
	return file.text
		.slice(instruction.args.start, instruction.args.end)
		.trim()
		.split(/\s+/)
		.filter((word) => word !== '');
}
