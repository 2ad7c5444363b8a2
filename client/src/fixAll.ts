import { type TextDocument, window, workspace } from 'vscode';
import { type CodeAction, type CodeActionParams, CodeActionRequest, CodeActionResolveRequest, type LanguageClient } from 'vscode-languageclient/node';

/**
 * Makes every safe repair of the active file, as one undoable edit.
 * The server is asked directly: VS Code's own command forgets what it was asked for, without a word, when a provider is registered or it looks for light bulbs meanwhile.
 */
export async function fixAll(client: LanguageClient): Promise<void> {
	const document = window.activeTextEditor?.document;
	const action = document && (await ask(client, document));
	if (action) await make(client, document, action);
	else
		void window.showInformationMessage(
			document ? `Whittle has no safe repair for ${workspace.asRelativePath(document.uri)}.` : 'Whittle repairs Containerfiles and Dockerfiles: open one first.',
		);
}

async function ask(client: LanguageClient, { uri, lineCount }: TextDocument): Promise<CodeAction | undefined> {
	const params: CodeActionParams = {
		textDocument: { uri: client.code2ProtocolConverter.asUri(uri) },
		range: { start: { line: 0, character: 0 }, end: { line: lineCount, character: 0 } },
		context: { diagnostics: [], only: ['source.fixAll.whittle'] },
	};
	const actions = await client.sendRequest(CodeActionRequest.type, params);
	return actions?.find((one): one is CodeAction => 'kind' in one);
}

/** The edit is for the text that the server had; where somebody typed meanwhile, it is asked for again. */
async function make(client: LanguageClient, document: TextDocument, action: CodeAction): Promise<void> {
	for (;;) {
		const { version } = document;
		const { edit } = await client.sendRequest(CodeActionResolveRequest.type, action);
		const made = edit && (await client.protocol2CodeConverter.asWorkspaceEdit(edit));
		if (document.version !== version) continue;
		if (made) await workspace.applyEdit(made);
		return;
	}
}
