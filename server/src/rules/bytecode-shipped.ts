import type { Fix } from '../advice/advice';
import { insertAfter } from '../advice/statements';
import { bytecode } from '../model/catalog/pythonBytecode';
import type { Operation } from '../model/commands/operation';
import { isForDevelopers } from '../model/purpose/developers';
import { startedBy } from '../model/purpose/started';
import { settingFor } from '../model/stages/environment';
import { type Run, reachesImage, type StageModel, stageOf } from '../model/stages/model';
import { isWindows } from '../model/stages/windows';
import type { Rule } from './rule';

/** pip compiles the modules of large packages to bytecode, which Python would do itself where it needs them. */
export const bytecodeShipped: Rule = {
	id: 'bytecode-shipped',
	title: 'Bytecode of large packages is shipped',
	severity: 'hint',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'pip compiles every module that it installs, whatever PYTHONDONTWRITEBYTECODE says, and the bytecode takes more room than the sources: half as much again, measured with ten large packages. Most modules are never imported. Without it every start of a container compiles those that are, which costs seconds where much is imported: a trade, and right for what starts seldom or uses little of a package.',
		before: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir pandas sympy\nCOPY report.py /\nCMD ["python", "/report.py"]\n',
		after: 'FROM python:3.12-slim\nRUN pip install --no-compile --no-cache-dir pandas sympy\nCOPY report.py /\nCMD ["python", "/report.py"]\n',
		links: ['https://pip.pypa.io/en/stable/cli/pip_install/#cmdoption-no-compile'],
	},
	*check(model) {
		const started = startedBy(model);
		// Where somebody works in the image much is imported, again and again.
		if (!started || isForDevelopers(model) || /jupyter|notebook|ipython|systemd|\binit\b/i.test(started.text)) return;
		// A function starts anew again and again, and on a file system that keeps no bytecode.
		if (/lambda|azure-functions|functions[-_]framework/i.test(model.file.text)) return;
		// Somebody compiles on purpose, or removes it again.
		if (/\bcompileall\b|py_compile|\.py\[?c|__pycache__|pyclean|PIP_(?:NO_)?COMPILE/i.test(model.file.text)) return;
		for (const run of model.runs) {
			const stage = stageOf(model, run);
			for (const operation of run.operations) {
				const names = isInImage(stage, run, operation) ? large(operation) : [];
				const verb = operation.verb.at(-1);
				if (names.length === 0 || !verb) continue;
				const bytes = names.reduce((sum, name) => sum + (bytecode[name]?.bytes ?? 0), 0);
				const fixes: readonly Fix[] =
					run.instruction.exec || operation.invocation.moreArguments || isOld(stage)
						? []
						: [{ title: 'Add --no-compile', applicability: 'suggested', edits: [insertAfter(verb, '--no-compile')] }];
				yield {
					span: { start: operation.invocation.name?.span.start ?? verb.span.start, end: verb.span.end },
					message: `pip compiles all modules of ${names.join(', ')} to bytecode, which ships beside their sources; --no-compile leaves that to the start, which is slower then`,
					...(bytes > 0 ? { saves: savingOf(names, bytes) } : {}),
					fixes,
				};
			}
		}
	},
};

/** The packages of an installation whose bytecode is large, by the names that pip compares. */
function large({ managers, action, operands, options }: Operation): readonly string[] {
	if (managers[0]?.id !== 'pip' || action !== 'install' || options.some(({ name }) => /^--(?:no-)?compile$|^--(?:dry-run|download|help)$|^-(?:d|h)$/.test(name))) return [];
	const names = operands.flatMap(
		({ value }) =>
			/^[A-Za-z0-9][\w.-]*/
				.exec(value ?? '')?.[0]
				.toLowerCase()
				.replace(/[-_.]+/g, '-') ?? [],
	);
	return [...new Set(names.filter((name) => Object.hasOwn(bytecode, name)))];
}

/** pip knows the option from 1.5 on; Debian 7 and Ubuntu 12.04 have older ones. */
function isOld({ family, release }: StageModel): boolean {
	return family === 'deb' && /^(?:[67]$|squeeze|wheezy|precise|1[0-3]\.)/.test(release ?? '');
}

function isInImage(stage: StageModel, run: Run, { root, invocation }: Operation): boolean {
	if (isWindows(stage) || settingFor(run, invocation, 'PIP_NO_COMPILE') !== '') return false;
	if (stage.ships || root !== undefined) return reachesImage(stage, root ?? '/');
	return stage.copiedOut.some((path) => path === '/' || /venv|site-packages|dist-packages|^\/usr\/local(?:\/lib)?$|^\/opt\b/.test(path));
}

/** Other versions differ: from a half to one and a half of what was weighed. */
function savingOf(names: readonly string[], bytes: number) {
	const weighed = names.filter((name) => (bytecode[name]?.bytes ?? 0) > 0);
	const source = `measured with pip and Python 3.11.7: ${weighed.map((name) => `${name} ${bytecode[name]?.version}`).join(', ')}; other versions differ`;
	return { of: `bytecode of ${weighed.join(' ')}`, atLeast: Math.round(bytes / 2), atMost: Math.round(bytes * 1.5), basis: 'guess' as const, source };
}
