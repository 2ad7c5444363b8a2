import { type Disposable, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type ExplainParams, explainRequest } from '../../server/src/protocol';

const scheme = 'whittle';

/** The address of a read-only document that explains a rule. */
export function explanationUri(rule: string): string {
	return `${scheme}:/${encodeURIComponent(rule)}.md`;
}

/** Serves those documents with what the server says. */
export function createExplanations(client: LanguageClient): readonly Disposable[] {
	return [
		workspace.registerTextDocumentContentProvider(scheme, {
			async provideTextDocumentContent({ path }) {
				const rule = path.replace(/^\/|\.md$/g, '');
				const params: ExplainParams = { rule };
				return (await client.sendRequest<string | null>(explainRequest, params)) ?? `Whittle has no rule \`${rule}\`.`;
			},
		}),
	];
}
