import { type LogOutputChannel, window } from 'vscode';
import { type DocumentSelector, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';

/** The documents that are looked at: what VS Code calls a dockerfile, and files of those names whatever it calls them. */
export const selector: DocumentSelector = [
	{ scheme: 'file', language: 'dockerfile' },
	{ scheme: 'untitled', language: 'dockerfile' },
	{ scheme: 'file', pattern: '**/{Containerfile,containerfile,Dockerfile,dockerfile}' },
	{ scheme: 'file', pattern: '**/*.{containerfile,dockerfile}' },
];

/** The connection to the server at `serverPath`, not yet started. Its id is also the settings' prefix: `whittle.trace.server` is read by the library. */
export function createClient(serverPath: string, outputChannel: LogOutputChannel): LanguageClient {
	const server = { module: serverPath, transport: TransportKind.ipc };
	return new LanguageClient(
		'whittle',
		'Whittle',
		{ run: server, debug: { ...server, options: { execArgv: ['--nolazy', '--enable-source-maps'] } } },
		{ documentSelector: selector, outputChannel, initializationOptions: { whittle: { status: true, previewRewrite: true } } },
	);
}

/** Starts the server, or starts it again; where that fails a person is told and can read why. */
export async function startOrSay(client: LanguageClient): Promise<void> {
	try {
		await (client.state === State.Running ? client.restart() : client.start());
	} catch (error) {
		client.outputChannel.error(`The language server did not start: ${error instanceof Error ? error.message : String(error)}`);
		const show = 'Show Output';
		void window.showErrorMessage("Whittle's language server did not start.", show).then((picked) => picked === show && client.outputChannel.show());
	}
}
