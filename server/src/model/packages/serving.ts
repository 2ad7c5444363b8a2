import type { Instruction } from '../../syntax/containerfile';
import { remember } from '../basics/remember';
import type { PackageManager } from '../catalog/packageManager';
import { managersNamed } from '../catalog/packageManagers';
import { ownPrograms } from '../purpose/ownPrograms';
import { type Model, type Run, stageOf } from '../stages/model';
import type { FilledCache } from './caches';
import { isReadLater } from './later';

/**
 * Whether what builds or runs the program may live on a cache that a RUN fills: another RUN that calls the same manager, before it or later, or what the
 * image starts. In doubt it may. Never of a cache that serves nobody.
 */
export function mayServe(model: Model, filled: FilledCache): boolean {
	const { run, manager, cache } = filled;
	if (!cache.serves) return false;
	return startsUnknown(model, manager) || isReadLater(model, filled) || isCalledBefore(model, run, manager);
}

function isCalledBefore(model: Model, run: Run, manager: PackageManager): boolean {
	return stageOf(model, run).chain.some((index) =>
		model.stages[index]?.runs.some(
			(other) => other.instruction.span.start < run.instruction.span.start && other.operations.some(({ action, managers }) => action !== 'clean' && managers.includes(manager)),
		),
	);
}

/** Programs that only start the one that is named behind them. */
const wrappers = new Set(['tini', 'dumb-init', 'exec', 'catatonit']);

/** Whether what the image starts is not known to be a program that needs no tool: nothing is said of it, a script, an interpreter, a shell. */
function startsUnknown(model: Model, manager: PackageManager): boolean {
	const known = unknownStarts(model);
	const answer = known.get(manager) ?? findsUnknownStart(model, manager);
	known.set(manager, answer);
	return answer;
}

/** By package manager. */
const unknownStarts = remember((_model: Model) => new Map<PackageManager, boolean>());

function findsUnknownStart(model: Model, manager: PackageManager): boolean {
	const calls = (program: string) => manager.readBy?.includes(program) || managersNamed(program).includes(manager);
	const instructions = (model.target?.chain ?? []).flatMap((index) => model.stages[index]?.stage.instructions ?? []).filter(({ onbuild }) => !onbuild);
	const entrypoint = instructions.findLast(({ keyword }) => keyword === 'ENTRYPOINT');
	const command = instructions.findLast(({ keyword }) => keyword === 'CMD');
	// Whoever makes a volume of the cache wants it at run time.
	if (instructions.some((one) => one.keyword === 'VOLUME' && wordsOf(model, one).some((word) => /\.m2|gradle|cargo|\/go\b|\.cache|\/root|\/home|\$/.test(word)))) return true;
	const words = [entrypoint, command].flatMap((one) => (one ? wordsOf(model, one) : []));
	if (words.some((word) => calls(word.replace(/^.*\//, '')) || /\.(?:sh|bash|py|pl|rb|js|R|php)$|[$;&|`'"[]/.test(word))) return true;
	const first = words.find((word) => !word.startsWith('-') && !wrappers.has(word.replace(/^.*\//, '')));
	if (first === undefined) return true;
	const name = first.replace(/^.*\//, '');
	const { names, bringsFolder } = ownPrograms(model);
	if (name === 'java' || name === 'nginx') return false;
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
