import { commands, Disposable, EventEmitter, Range, TabInputTextDiff, type TextDocument, TextEdit, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { previewCommand, type RewriteParams, type RewritePreview, type RewriteRefusal, rewriteRequest, type TextRange } from '../../server/src/protocol';
import { pickRewrite } from './rewritePick';

const scheme = 'whittle-rewrite';
const apply = 'Apply';
const look = 'Look at the Changes';

/** The commands that rewrite a file, and the read-only documents with what would become of it. */
export function createRewrites(client: LanguageClient): Disposable {
	const shown = new Map<string, string>();
	const changed = new EventEmitter<Uri>();

	/** Shows what would become of the file beside what it is, and asks. Nothing is remembered: what is applied is computed anew, and shown again where it has become something else. */
	async function preview(params: RewriteParams): Promise<void> {
		const document = await workspace.openTextDocument(client.protocol2CodeConverter.asUri(params.uri));
		const uri = previewUri(document, params);
		let news = '';
		let proposed = await ask(client, params);
		while (isMade(proposed)) {
			shown.set(uri.toString(), proposed.text);
			changed.fire(uri);
			await commands.executeCommand('vscode.diff', document.uri, uri, `${fileName(document)}: ${proposed.title}`, { preview: false });
			const answer = await window.showInformationMessage(proposed.title, { modal: true, detail: describe(proposed, news) }, apply, look);
			if (answer === look) return;
			const latest = answer === apply ? await ask(client, params) : undefined;
			if (latest === undefined || (isMade(latest) && latest.text === proposed.text && (await make(document, latest)))) {
				await closePreview(uri);
				await window.showTextDocument(document);
				return;
			}
			proposed = latest;
			news = 'The file is not what it was when this was proposed. This is what would become of it now.';
		}
		await closePreview(uri);
		await sayNo(document, proposed);
	}

	return Disposable.from(
		changed,
		workspace.registerTextDocumentContentProvider(scheme, {
			onDidChange: changed.event,
			async provideTextDocumentContent(uri) {
				const known = shown.get(uri.toString());
				// The window may have been loaded anew with the document open.
				const proposed = known === undefined ? await ask(client, paramsOf(uri)) : undefined;
				return known ?? (isMade(proposed) ? proposed.text : '');
			},
		}),
		workspace.onDidCloseTextDocument(({ uri }) => shown.delete(uri.toString())),
		commands.registerCommand(previewCommand, preview),
		commands.registerCommand('whittle.applyRewrite', (uri: Uri) => preview(paramsOf(uri))),
		commands.registerCommand('whittle.rewrite', async () => {
			const picked = await pickRewrite(client);
			if (picked?.refusal) await sayNo(picked.document, picked.refusal);
			else if (picked) await preview({ uri: client.code2ProtocolConverter.asUri(picked.document.uri), rewrite: picked.id });
		}),
	);
}

function ask(client: LanguageClient, params: RewriteParams): Promise<RewritePreview | RewriteRefusal | null> {
	return client.sendRequest(rewriteRequest, params);
}

function isMade(answer: RewritePreview | RewriteRefusal | null | undefined): answer is RewritePreview {
	return answer !== null && answer !== undefined && 'text' in answer;
}

/** All edits at once, for one undo; not made where the document is another by now. */
async function make(document: TextDocument, { version, edits }: RewritePreview): Promise<boolean> {
	if (document.version !== version) return false;
	const edit = new WorkspaceEdit();
	edit.set(
		document.uri,
		edits.map(({ range, newText }) => TextEdit.replace(rangeOf(range), newText)),
	);
	return workspace.applyEdit(edit);
}

/** Goes to what stops a rewrite and says why. */
async function sayNo(document: TextDocument, answer: RewriteRefusal | null): Promise<void> {
	if (answer?.range) await window.showTextDocument(document, { selection: rangeOf(answer.range) });
	void window.showWarningMessage(answer ? `${fileName(document)}: refused because ${answer.because}.` : `Whittle does not look at ${fileName(document)}.`);
}

function describe({ saving, assumes }: RewritePreview, news: string): string {
	const sentences = assumes.map((sentence) => `• ${sentence}`).join('\n');
	return [news, saving === undefined ? '' : `${saving}.`, sentences === '' ? '' : `It rests on this, which you have to check:\n${sentences}`]
		.filter((part) => part !== '')
		.join('\n\n');
}

/** Its path ends like the file's, so that the editor takes it for a Containerfile too. */
function previewUri({ uri }: TextDocument, params: RewriteParams): Uri {
	return Uri.from({ scheme, path: uri.path.startsWith('/') ? uri.path : `/${uri.path}`, query: JSON.stringify(params) });
}

function paramsOf(preview: Uri): RewriteParams {
	return JSON.parse(preview.query) as RewriteParams;
}

async function closePreview(uri: Uri): Promise<void> {
	const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
	await window.tabGroups.close(tabs.filter(({ input }) => input instanceof TabInputTextDiff && input.modified.toString() === uri.toString()));
}

function fileName({ uri }: TextDocument): string {
	return uri.path.replace(/^.*\//, '');
}

function rangeOf({ start, end }: TextRange): Range {
	return new Range(start.line, start.character, end.line, end.character);
}
