import { absolutePath } from '../../model/basics/paths';
import type { Invocation } from '../../model/commands/invocation';
import type { Run } from '../../model/stages/model';
import type { Word } from '../../text/span';
import type { RootRecipe } from './recipe';

/** Places of which nothing is looked at again. */
const passing = /^\/(?:tmp|var\/tmp|dev|proc|run|var\/cache|root)(?:\/|$)/;

/** What a command that sets up the package manager changes besides: a path that is nothing of the package manager's. */
export function otherPath(recipe: RootRecipe, invocation: Invocation, run: Run): string | undefined {
	const paths = changed(invocation).flatMap(({ value }) => (value === undefined ? [] : (absolutePath(value, run.cwd) ?? [])));
	return paths.find((path) => !recipe.configuration.test(path) && !recipe.configuration.test(`${path}/`) && !recipe.isCache(path) && !passing.test(path));
}

function changed({ program, args, command }: Invocation): readonly Word[] {
	const written = command.redirects.flatMap(({ operator, target }) => (operator.includes('>') && target ? [target] : []));
	const operands = args.filter(({ text }) => !text.startsWith('-'));
	switch (program) {
		case 'mkdir':
		case 'touch':
		case 'tee':
			return [...written, ...operands];
		case 'chmod':
		case 'chown':
			return [...written, ...operands.slice(1)];
		case 'sed':
			// Where the script is an option's value, it is among the operands.
			return args.some(({ text }) => /^-[a-zA-Z]*i|^--in-place/.test(text)) && !args.some(({ text }) => /^-[a-zA-Z]*[ef]$|^--(?:expression|file)/.test(text))
				? [...written, ...operands.slice(1)]
				: written;
		case 'rm':
			return [...written, ...operands.filter(({ text }) => text.startsWith('/'))];
		default:
			return written;
	}
}
