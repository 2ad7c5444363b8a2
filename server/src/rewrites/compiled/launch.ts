import { expand } from '../../model/basics/expand';
import { absolutePath } from '../../model/basics/paths';
import type { FoundJava } from '../../model/catalog/javaRuntimes';
import type { Model, StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import type { Refusal } from '../rewrite';
import { variablesAt } from './places';
import { healthcheckWords } from './started';

/** How a container of a stage starts Java. */
export interface Launch {
	readonly instruction: Instruction;
	/** Absolute paths of jars, folders, and `folder/*`. */
	readonly classPath: readonly string[];
	readonly needsShell: boolean;
	/** The file names no ENTRYPOINT, so that the base's is in force. */
	readonly entrypointOfBase: boolean;
}

/** Reads what ENTRYPOINT and CMD start; a refusal where it is not `java` with a jar or a class path that the file tells. */
export function readLaunch({ file }: Model, target: StageModel, { home }: FoundJava, cwd: string | undefined): Launch | Refusal {
	const { stage } = target;
	const last = (keyword: string) => stage.instructions.findLast((one) => one.keyword === keyword && !one.onbuild);
	const [entrypoint, cmd, health] = [last('ENTRYPOINT'), last('CMD'), last('HEALTHCHECK')];
	const instruction = (entrypoint ?? cmd) as Instruction;
	const refuse = (because: string, at: Instruction = instruction): Refusal => ({ because, span: at.span });
	if (entrypoint?.exec && cmd && !cmd.exec) return refuse('CMD is in shell form beside an ENTRYPOINT; write both as JSON arrays', cmd);
	const words: string[] = [];
	let needsShell = false;
	for (const one of entrypoint && !entrypoint.exec ? [entrypoint] : [entrypoint, cmd]) {
		if (!one) continue;
		const said = one.exec?.map(({ value }) => value ?? '');
		const isShell = said !== undefined && /^(?:.*\/)?(?:ba|da|a)?sh$/.test(said[0] ?? '') && said[1] === '-c';
		const text = said === undefined ? file.text.slice(one.args.start, one.args.end).replace(/\\\r?\n/g, ' ') : isShell ? (said[2] ?? '') : undefined;
		if (text === undefined) {
			words.push(...(said ?? []));
			continue;
		}
		needsShell = true;
		if (/[;&|<>`]|\$\(/.test(text)) return refuse('more than java is started, or its arguments come from a command', one);
		words.push(
			...text
				.trim()
				.split(/\s+/)
				.map((word) => word.replace(/^(["'])(.*)\1$/, '$2')),
		);
		if (isShell) break;
	}
	if (words[0] === 'exec') words.shift();
	const [program = '', ...args] = words;
	if (!['java', `${home}/bin/java`, '$JAVA_HOME/bin/java', '${JAVA_HOME}/bin/java'].includes(program)) return refuse(`${program} is started and not java itself`);
	const checking = health ? healthcheckWords(file.text, health) : [];
	if (health && (!checking || (checking[0] !== undefined && checking[0] !== 'java'))) return refuse('the health check needs a program that the smaller base may not have', health);
	const jar = following(args, ['-jar']);
	const path = jar === undefined ? following(args, ['-cp', '-classpath', '--class-path']) : undefined;
	if (jar === undefined && path === undefined) return refuse('java gets neither a jar nor a class path');
	const variables = new Map([...variablesAt(target, undefined), ['JAVA_HOME', home] as const]);
	const parts = (jar === undefined ? (path ?? '').split(':') : [jar])
		.map((part) => expand(part, variables))
		.map((part) => (part === undefined ? undefined : absolutePath(part, cwd)));
	const known = parts.flatMap((part) => part ?? []);
	if (known.length < parts.length || !known.every((part) => /^[\w@%+=:,./-]+(?:\/\*)?$/.test(part))) return refuse('where the classes lie is not known before the build');
	return { instruction, classPath: known, needsShell, entrypointOfBase: entrypoint === undefined };
}

function following(args: readonly string[], names: readonly string[]): string | undefined {
	const at = args.findIndex((arg) => names.includes(arg));
	return at < 0 ? undefined : args[at + 1];
}
