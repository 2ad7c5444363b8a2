import { Disposable, languages, MarkdownString, StatusBarAlignment, window, workspace } from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { type DocumentStatus, statusNotification } from '../../server/src/protocol';
import { selector } from './languageClient';

/** A status bar item with the findings and the total saving of the active file; hidden beside other files. A click opens the problems. */
export function createStatusItem(client: LanguageClient): Disposable {
	const known = new Map<string, DocumentStatus>();
	const item = window.createStatusBarItem('whittle.status', StatusBarAlignment.Right, 100);
	item.name = 'Whittle';

	const show = () => {
		const document = window.activeTextEditor?.document;
		if (!document || languages.match(client.protocol2CodeConverter.asDocumentSelector(selector), document) === 0) return item.hide();
		if (client.state === State.Stopped) {
			item.text = '$(warning) Whittle';
			item.tooltip = 'The language server of Whittle is not running. Click to start it.';
			item.command = 'whittle.restart';
			return item.show();
		}
		const status = known.get(client.code2ProtocolConverter.asUri(document.uri));
		if (!status) return item.hide();
		item.text = `$(package) ${status.findings}${status.saving === undefined ? '' : ` · ${status.saving}`}`;
		item.tooltip = tooltip(status);
		item.command = 'workbench.actions.view.problems';
		item.show();
	};

	return Disposable.from(
		item,
		client.onNotification(statusNotification, (status: DocumentStatus) => {
			known.set(status.uri, status);
			show();
		}),
		client.onDidChangeState(show),
		window.onDidChangeActiveTextEditor(show),
		workspace.onDidCloseTextDocument((document) => {
			known.delete(client.code2ProtocolConverter.asUri(document.uri));
		}),
	);
}

function tooltip({ findings, saving }: DocumentStatus): MarkdownString {
	const count = findings === 0 ? 'Whittle has nothing to say about this file.' : `Whittle: ${findings} finding${findings === 1 ? '' : 's'} in this file.`;
	const text = new MarkdownString(
		[count, ...(saving === undefined ? [] : [`Repairing them saves ${saving}.`]), ...(findings === 0 ? [] : ['[Make all safe repairs](command:whittle.fixAll)'])].join('\n\n'),
	);
	text.isTrusted = { enabledCommands: ['whittle.fixAll'] };
	return text;
}
