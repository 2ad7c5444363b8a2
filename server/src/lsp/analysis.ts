import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readBuildContext } from '../disk/context';
import { sizeLimit } from '../lint/analyze';
import { type Config, plainContext } from '../lint/config';
import { type LintResult, lint } from '../lint/lint';
import { wantedPaths, wantedTexts } from '../model/context/buildContext';
import type { BuildContext, Context } from '../model/context/context';
import { parseContainerfile } from '../syntax/parse';
import { fileOf } from './places';

/** What Whittle says about a document as it is now. */
export interface Analysis {
	readonly document: TextDocument;
	readonly config: Config;
	readonly context: Context;
	readonly result: LintResult;
	/** Over the size limit, and therefore not looked at. */
	readonly tooLarge: boolean;
}

/** Looks at documents; a text that was looked at under the same configuration and context is not looked at again. */
export function createAnalyser(): (document: TextDocument, config: Config) => Analysis {
	const known = new WeakMap<TextDocument, { readonly text: string; readonly circumstances: string; readonly result: LintResult }>();
	const wanted = new WeakMap<TextDocument, { readonly text: string; readonly paths: readonly string[] }>();

	function pathsOf(document: TextDocument, name: string): readonly string[] {
		const text = document.getText();
		const before = wanted.get(document);
		if (before?.text === text) return before.paths;
		// Parsing only for this would double the cost of the many files that copy nothing.
		const paths = /^[ \t]*(?:onbuild[ \t]+)?(?:copy|add)\b/im.test(text) ? wantedPaths(parseContainerfile(text), name) : [];
		wanted.set(document, { text, paths });
		return paths;
	}

	/** Read anew each time: what exists may have changed without anybody telling. */
	function buildContextOf(document: TextDocument): BuildContext | undefined {
		const file = fileOf(document.uri);
		if (!file) return undefined;
		const paths = pathsOf(document, file.name);
		return paths.length === 0 ? undefined : readBuildContext(file.folder, file.name, paths);
	}

	return (document, config) => {
		const text = document.getText();
		const plain = plainContext(config);
		if (isTooLarge(text)) return { document, config, context: plain, result: { problems: [], findings: [] }, tooLarge: true };
		const buildContext = buildContextOf(document);
		const context = buildContext ? { ...plain, buildContext } : plain;
		const circumstances = JSON.stringify([
			config,
			buildContext && [[...buildContext.present], [...buildContext.ignoreFiles], [...(buildContext.manifests ?? [])], buildContext.fileName],
		]);
		const before = known.get(document);
		const result = before?.text === text && before.circumstances === circumstances ? before.result : lint(text, context, config);
		known.set(document, { text, circumstances, result });
		return { document, config, context, result, tooLarge: false };
	};
}

/** What is known of a document with the files beside it that rewrites read; read anew each time. */
export function rewriteContextOf({ document, context }: Analysis): Context {
	const file = context.buildContext && fileOf(document.uri);
	if (!file) return context;
	const parsed = parseContainerfile(document.getText());
	return { ...context, buildContext: readBuildContext(file.folder, file.name, wantedPaths(parsed, file.name), wantedTexts(parsed)) };
}

/** Whether a document is one to look at: editors call an ignore file beside a Containerfile (`Dockerfile.dockerignore`) a Containerfile too. */
export function isWelcome(document: { readonly uri: string; readonly languageId: string }): boolean {
	return document.languageId !== 'ignore' && !/\.(?:docker|container)ignore$/i.test(document.uri);
}

function isTooLarge(text: string): boolean {
	// A UTF-16 unit is one to three bytes of UTF-8, so most texts need no counting.
	return text.length > sizeLimit || (text.length * 3 > sizeLimit && Buffer.byteLength(text, 'utf8') > sizeLimit);
}
