import { expand } from '../basics/expand';
import { assignmentsOf } from '../basics/references';
import { remember } from '../basics/remember';
import type { Context } from '../context/context';
import { packageJsonOf } from '../context/manifests';
import { plainWords, programOf, startedBy } from '../purpose/started';
import type { Model } from '../stages/model';
import type { DependencyTool } from './dependencyInstalls';

/** Names that say that a program is for developers, in whatever word of a command they stand. */
const forDevelopers =
	/(?:^|[\s/:._-])(?:dev|develop|development|debug|debugger|tests?|mocha|jest|vitest|watch|nodemon|pytest|lint|serve|hot|reload|gulp|grunt|webpack|vite|storybook|runserver|spec|rspec|inspect(?:-brk)?)(?=$|[\s/:=._-])/i;

/** What the image starts, where that needs nothing that only developers have: a sentence's piece (`node server.js`); undefined where it may, or is not known. */
export function startsInProduction(model: Model, context: Context, tool: DependencyTool): string | undefined {
	const started = startedBy(model);
	if (saysDevelopment(model)) return undefined;
	if (tool === 'composer' && !started) return isPhpServer(model) ? 'the web server' : undefined;
	const words = started?.words;
	if (!words || forDevelopers.test(words.join(' '))) return undefined;
	const test = starts[tool];
	return test?.(words, model, context) ? words.slice(0, 3).join(' ') : undefined;
}

/** Whether the environment says that the image is for development, or brings a debugger. */
const saysDevelopment = remember(
	(model: Model): boolean =>
		[...environmentOf(model)].some(
			([name, value = '']) => /(?:^|_)ENV(?:IRONMENT)?$|^(?:FLASK|APP|DJANGO)_DEBUG$|^DEBUG$/.test(name) && /^["']?(?:dev|test|local|debug|1|true)/i.test(value),
		) || /xdebug/i.test(model.file.text),
);

/** ENV as the image that ships has it in the end; undefined for what is not known before the build. */
export const environmentOf = remember((model: Model): ReadonlyMap<string, string | undefined> => {
	const variables = new Map<string, string | undefined>();
	for (const index of model.target?.chain ?? []) {
		for (const instruction of model.stages[index]?.stage.instructions ?? []) {
			if (instruction.keyword === 'ENV' && !instruction.onbuild)
				for (const [name, value] of assignmentsOf(instruction)) variables.set(name, value === undefined ? undefined : expand(value, variables));
		}
	}
	return variables;
});

type Test = (words: readonly string[], model: Model, context: Context) => boolean;

const starts: Partial<Readonly<Record<DependencyTool, Test>>> = {
	npm: startsNode,
	yarn: startsNode,
	pnpm: startsNode,
	bundle: (words, model) => {
		const environment = environmentOf(model);
		const [program, ...rest] = words[0] === 'bundle' && words[1] === 'exec' ? words.slice(2) : words;
		const isServer =
			/^(?:puma|unicorn|thin|passenger|rackup|sidekiq|thrust)$/.test(programOf([program ?? ''])) ||
			(programOf([program ?? '']) === 'rails' && /^(?:s|server)$/.test(rest[0] ?? ''));
		return isServer && (environment.get('RAILS_ENV') ?? environment.get('RACK_ENV')) === 'production';
	},
	composer: (words) => /^(?:apache2-foreground|php-fpm[\d.]*|httpd(?:-foreground)?|frankenphp|rr|unitd|supervisord)$/.test(programOf(words)),
	poetry: (words) => startsPython(words[0] === 'poetry' && words[1] === 'run' ? words.slice(2) : words),
	// `uv run` installs what is missing before it starts.
	uv: (words) => startsPython(words),
	pip: (words) => startsPython(words),
	pipenv: (words) => startsPython(words[0] === 'pipenv' && words[1] === 'run' ? words.slice(2) : words),
};

function startsNode(words: readonly string[], _model: Model, { buildContext }: Context): boolean {
	const program = programOf(words);
	if (/^(?:npm|yarn|pnpm)$/.test(program)) {
		const manifest = packageJsonOf(buildContext);
		const name = words.slice(1).find((word) => word !== 'run' && word !== 'run-script' && !word.startsWith('-')) ?? '';
		const scripts = new Map(Object.entries(manifest?.scripts ?? {}));
		const script = scripts.get(name);
		if (script === undefined || scripts.has(`pre${name}`) || scripts.has(`post${name}`)) return false;
		const inner = plainWords(script);
		return inner !== undefined && !forDevelopers.test(script) && isNodeProgram(inner);
	}
	return isNodeProgram(words) || (/^pm2-(?:runtime|docker)$/.test(program) && words.slice(1).some((word) => /\.(?:js|cjs|mjs|json)$/.test(word)));
}

/** Node.js with a script of plain JavaScript, and no module before it that would compile another language. */
function isNodeProgram(words: readonly string[]): boolean {
	if (!/^(?:node|nodejs)$/.test(programOf(words))) return false;
	const at = words.findIndex((word, index) => index > 0 && !word.startsWith('-') && !/^(?:-r|--require)$/.test(words[index - 1] ?? ''));
	const script = words[at];
	const isHarmless = (word: string) =>
		word.startsWith('-')
			? /^(?:-r|--require)$/.test(word) || !/^(?:-r|--require|--import|--loader|--experimental-loader|-e|-p)/.test(word)
			: /^(?:dotenv\/config|newrelic|dd-trace\/init)$/.test(word);
	return (
		script !== undefined &&
		words.slice(1, at).every(isHarmless) &&
		/(?:^|\/)[\w@-]+(?:\.(?:js|cjs|mjs))?$|(?:^|\/)[\w@.-]+\.(?:js|cjs|mjs)$|^\.\/?$/.test(script) &&
		!script.includes('node_modules')
	);
}

function startsPython(words: readonly string[]): boolean {
	const program = programOf(words);
	if (/^(?:gunicorn|uvicorn|hypercorn|daphne|waitress-serve|uwsgi|celery|granian)$/.test(program)) return true;
	if (program === 'fastapi') return words[1] === 'run';
	if (!/^python[\d.]*$/.test(program)) return false;
	const rest = words.slice(1).filter((word) => !/^-[uOBIs]+$/.test(word));
	return rest[0] === '-m'
		? !/^(?:pytest|flask|pdb|unittest|tox|nox|coverage|http\.server)$/.test(rest[1] ?? '')
		: /^[\w./-]+\.py$/.test(rest[0] ?? '') && !/manage\.py$/.test(rest[0] ?? '');
}

function isPhpServer({ target }: Model): boolean {
	const reference = target?.base.kind === 'image' ? target.base.reference : undefined;
	return /^(?:docker\.io\/)?(?:library\/)?php:[\w.-]*(?:apache|fpm)/.test(reference ?? '');
}
