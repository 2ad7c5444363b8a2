import { commands, Disposable, EventEmitter, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type BasesParams, basesRequest } from '../../server/src/protocol';

const scheme = 'whittle-bases';

/** The command that says what the images of the workspace stand on, and the read-only document that it shows. */
export function createBases(client: LanguageClient): Disposable {
	const address = Uri.from({ scheme, path: '/Bases in This Workspace.md' });
	const changed = new EventEmitter<Uri>();
	let shown: string | undefined;

	async function ask(): Promise<string | undefined> {
		const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => client.code2ProtocolConverter.asUri(uri));
		if (folders.length === 0) return undefined;
		const params: BasesParams = { folders };
		const work = { location: ProgressLocation.Notification, title: 'Whittle looks at the bases in this workspace', cancellable: true };
		return window.withProgress(work, async (_progress, token) => {
			try {
				return (await client.sendRequest<string | null>(basesRequest, params, token)) ?? undefined;
			} catch (error) {
				if (token.isCancellationRequested) return undefined;
				throw error;
			}
		});
	}

	return Disposable.from(
		changed,
		workspace.registerTextDocumentContentProvider(scheme, {
			onDidChange: changed.event,
			// The window may have been loaded anew with the document open.
			provideTextDocumentContent: async () => shown ?? (await ask()) ?? '',
		}),
		commands.registerCommand('whittle.bases', async () => {
			if (!workspace.workspaceFolders?.some(({ uri }) => uri.scheme === 'file')) {
				void window.showInformationMessage('Whittle counts the bases of a folder: open one first.');
				return;
			}
			const text = await ask();
			if (text === undefined) return;
			shown = text;
			changed.fire(address);
			await commands.executeCommand('markdown.showPreview', address);
		}),
	);
}
