import { posix } from 'node:path';
import { absolutePath } from '../../model/basics/paths';
import { requirementsIn } from '../../model/basics/requirementFiles';
import { managersNamed } from '../../model/catalog/packageManagers';
import type { Invocation } from '../../model/commands/invocation';
import { operationOf, type Run } from '../../model/stages/model';
import { output } from './recipe';

/** Packages of a language that are installed in the builder, into the root. */
export interface LanguageAct {
	/** The command for the builder. */
	readonly command: string;
	/** Files and folders that it reads, as absolute paths. */
	readonly reads: readonly string[];
	/** It renews only the tools that install. */
	readonly onlyTools: boolean;
}

const tools = /^(?:pip|setuptools|wheel)(?:[<>=~!].*)?$/;

/**
 * What a command that installs packages of Python for the whole system becomes; undefined for one that runs in the new root as it stands.
 * `textAt`: the text of a file that was copied, where somebody read it.
 */
export function languageAct(invocation: Invocation, run: Run, text: string, textAt: (path: string) => string | undefined): LanguageAct | { readonly because: string } | undefined {
	const operation = operationOf(run, invocation);
	const { name, command } = invocation;
	const manager = operation?.managers[0];
	if (!operation || !manager || manager.id !== 'pip' || operation.action !== 'install' || command.conditional || !managersNamed(invocation.program ?? '').includes(manager))
		return undefined;
	// The pip of a virtual environment has its own interpreter, which is in the root alone.
	if (name?.value?.includes('/') && !/^\/usr\/(?:local\/)?bin\//.test(name.value)) return undefined;
	const first = command.words[0]?.value ?? '';
	if (first.includes('/') && !/^\/usr\/(?:local\/)?bin\//.test(first)) return undefined;
	const odd = operation.options.find((option) => /^(?:-e|--editable|--user|--target|-t|--root)$/.test(option.name));
	if (odd) return { because: `pip’s ${odd.name} does not go together with another root` };
	const values = [
		...operation.operands.map((word) => word.value),
		...operation.options.filter((option) => /^-(?:r|c|-requirement|-constraint|f|-find-links)$/.test(option.name)).map(({ value }) => value),
	];
	if (values.includes(undefined) || text.includes('$(') || text.includes('`')) return { because: 'what pip installs here cannot be read before the build' };
	if (operation.operands.some(({ text: written }) => run.instruction.script?.assigns.some((one) => written.includes(`$${one}`))))
		return { because: 'what pip installs here cannot be read before the build' };
	const isFile = (word: string) => /^\.{0,2}\/|^\.$|\.(?:whl|txt|tar\.gz|zip)$/.test(word) && !/:\/\//.test(word);
	const listed = operation.options.flatMap((option) =>
		/^-(?:r|c|-requirement|-constraint)$/.test(option.name) && option.value !== undefined && !option.value.includes('://') ? [option.value] : [],
	);
	const files = [
		...listed,
		...operation.operands.flatMap(({ value }) => (value !== undefined && isFile(value.replace(/\[[\w,]*\]$/, '')) ? [value.replace(/\[[\w,]*\]$/, '')] : [])),
	];
	const named = files.map((file) => absolutePath(file, run.cwd));
	if (named.includes(undefined)) return { because: 'the folder in which pip runs here is not known' };
	const reads = withNested(named.flatMap((path) => path ?? []));
	const onlyTools = operation.operands.length > 0 && files.length === 0 && operation.operands.every(({ value }) => tools.test(value ?? ''));
	const at = (operation.verb.at(-1)?.span.end ?? 0) - command.span.start;
	const start = text.slice(0, at);
	return {
		command: (onlyTools ? text : `${start} --root ${output} --ignore-installed${text.slice(at)}`).replaceAll('\r\n', '\n').replace(/^sudo\s+(?:-H\s+)?/, ''),
		reads,
		onlyTools,
	};

	function withNested(paths: readonly string[]): readonly string[] {
		const found = new Set<string>();
		const left = [...paths];
		for (let path = left.shift(); path !== undefined; path = left.shift()) {
			if (found.has(path)) continue;
			found.add(path);
			const folder = posix.dirname(path);
			left.push(...requirementsIn((/\.txt$/.test(path) && textAt(path)) || '').map((other) => posix.resolve(folder, other)));
		}
		return [...found];
	}
}
