import type { Fix } from '../advice/advice';
import { holds, normalizePath } from '../model/basics/paths';
import { contextSources, heavyFolders } from '../model/context/buildContext';
import type { BuildContext, Builder } from '../model/context/context';
import { ignoreFilesFor, isIgnored } from '../model/context/ignoreFile';
import type { Model } from '../model/stages/model';
import { literal } from '../text/literal';
import type { Rule } from './rule';

/** The whole build context is copied, and nothing keeps the repository's history or local dependencies out. */
export const contextNotIgnored: Rule = {
	id: 'context-not-ignored',
	title: 'The whole folder is copied without an ignore file',
	severity: 'info',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'COPY . takes everything below the build’s folder that an ignore file does not name: the history in .git, local node_modules, virtual environments, build output. All of it is in the layer, and every change of it builds the layer anew. Builders read .dockerignore; podman and buildah prefer .containerignore.',
		before: 'FROM python:3.12-slim\nCOPY . /app\n',
		links: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
	},
	*check(model, { buildContext, builder }) {
		// Without the folder, or where a copied file is not in it, the build's context is not known.
		if (!buildContext || contextSources(model.file).some((source) => source !== '.' && !buildContext.present.has(source))) return;
		const unwanted = passingFolders(model, buildContext, builder);
		const [existing] = ignoreFilesFor(buildContext, builder);
		if (unwanted.length === 0) return;
		for (const { keyword, onbuild, flags, words, stage } of model.file.instructions) {
			if ((keyword !== 'COPY' && keyword !== 'ADD') || onbuild || flags.some(({ name }) => name === 'from' || name === 'exclude')) continue;
			const whole = words.slice(0, -1).find(({ value }) => /^(?:\.\/?|\/)$/.test(value ?? ''));
			const destination = normalizePath(words.at(-1)?.value ?? '.', '/');
			const where = model.stages[stage];
			if (!whole || !where || !(where.ships || where.copiedOut.some((copied) => destination !== undefined && holds(copied, destination)))) continue;
			yield {
				span: whole.span,
				message: existing
					? `${keyword} takes the whole folder, and ${existing} lets ${unwanted.join(', ')} through`
					: `${keyword} takes the whole folder, ${unwanted.join(', ')} included: there is no ignore file`,
				fixes: [writeIgnoreFile(existing ?? (builder.kind === 'podman' ? '.containerignore' : '.dockerignore'), unwanted, buildContext)],
			};
		}
	},
};

/** The folders that nobody meant to copy: those that are there (the history even where it is not yet) and that nothing in the file asks for. */
function passingFolders(model: Model, context: BuildContext, builder: Builder): readonly string[] {
	const hasIgnoreFile = ignoreFilesFor(context, builder).length > 0;
	const text = model.file.instructions.map(({ args }) => model.file.text.slice(args.start, args.end)).join('\n');
	const programs = new Set(model.runs.flatMap(({ invocations }) => invocations.map(({ program }) => program)));
	const installs = (family: readonly string[]) => model.runs.some(({ operations }) => operations.some(({ action, program }) => action === 'install' && family.includes(program)));
	return heavyFolders.filter((folder) => {
		if (!context.present.has(folder) && (hasIgnoreFile || folder !== '.git')) return false;
		if (new RegExp(`(?:^|[\\s/"'=:,])${literal(folder)}(?:$|[\\s/"',])`, 'm').test(text)) return false;
		if (folder === '.git' && programs.has('git')) return false;
		if (folder === 'node_modules' && !installs(['npm', 'yarn', 'pnpm'])) return false;
		if (folder === 'target' && !['cargo', 'mvn', 'mvnw'].some((tool) => programs.has(tool))) return false;
		return !isIgnored(folder, context, builder);
	});
}

function writeIgnoreFile(path: string, folders: readonly string[], { ignoreFiles }: BuildContext): Fix {
	const old = ignoreFiles.get(path) ?? '';
	const newline = old.includes('\r\n') ? '\r\n' : '\n';
	const text = `${old}${old === '' || old.endsWith('\n') ? '' : newline}${folders.map((folder) => `${folder}${newline}`).join('')}`;
	return {
		title: ignoreFiles.has(path) ? `Add ${folders.join(', ')} to ${path}` : `Create ${path} with ${folders.join(', ')}`,
		applicability: 'suggested',
		edits: [],
		files: [{ path, text }],
	};
}
