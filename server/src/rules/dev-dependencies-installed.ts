import { omitDevelopment } from '../advice/omitDevelopment';
import { developmentInstalls } from '../model/packages/developmentInstalls';
import type { Rule } from './rule';

/** What only developers need is installed into an image that starts without it. */
export const devDependenciesInstalled: Rule = {
	id: 'dev-dependencies-installed',
	title: 'Development dependencies are installed',
	severity: 'info',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'Test runners, linters, compilers and type declarations are named as development dependencies, and package managers of languages install them too unless they are told not to. In the image that runs nobody calls them. Where a build in the same stage needs them, drop them behind it (`npm prune --omit=dev`) or build in a stage of its own.',
		before: 'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci && npm cache clean --force\nCOPY . .\nCMD ["node", "server.js"]\n',
		after: 'FROM node:22-slim\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY . .\nCMD ["node", "server.js"]\n',
		links: ['https://docs.npmjs.com/cli/commands/npm-ci', 'https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages'],
	},
	*check(model, context) {
		for (const install of developmentInstalls(model, context)) {
			const { invocation, verb, what, started, builtWith } = install;
			const { name, args, command } = invocation;
			const last = verb === undefined ? name : args[verb];
			const fix = omitDevelopment(model, context, install);
			yield {
				span: { start: name?.span.start ?? command.span.start, end: last?.span.end ?? command.span.end },
				message: builtWith
					? `${invocation.program} installs ${what}, and nothing drops them behind the build, so that they ship: ${started} does not need them`
					: `${invocation.program} installs ${what} too, which ${started} does not need`,
				...(fix ? { fixes: [fix] } : {}),
			};
		}
	},
};
