import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
	type ClientCapabilities,
	type CodeAction,
	createProtocolConnection,
	type Diagnostic,
	type DocumentDiagnosticReport,
	type Hover,
	type InitializeResult,
	type Position,
	type ProtocolConnection,
	type PublishDiagnosticsParams,
	type Range,
	type Registration,
	StreamMessageReader,
	StreamMessageWriter,
	type TextDocumentEdit,
	type TextEdit,
	type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentStatus } from '../../server/src/protocol';

/** How a test's editor introduces itself and what it answers. */
export interface ClientOptions {
	readonly capabilities?: ClientCapabilities;
	readonly initializationOptions?: unknown;
	/** Folders of the workspace, as paths. */
	readonly folders?: readonly string[];
	/** Called for `workspace/configuration`; the section `whittle`. */
	readonly settings?: (scopeUri: string | undefined) => unknown;
	/** The arguments of node; the bundled server by default. */
	readonly command?: readonly string[];
}

/** An editor without a screen, connected to a running server. */
export interface TestClient {
	readonly connection: ProtocolConnection;
	readonly initialized: InitializeResult;
	readonly published: readonly PublishDiagnosticsParams[];
	readonly statuses: readonly DocumentStatus[];
	readonly logged: readonly string[];
	readonly registrations: readonly Registration[];
	/** How often the server asked for a new pull. */
	readonly refreshes: () => number;
	open(uri: string, text: string, languageId?: string): Promise<void>;
	/** Sends the changes one notification each, as they are. */
	change(uri: string, changes: readonly { readonly range?: Range; readonly text: string }[]): Promise<void>;
	pull(uri: string): Promise<readonly Diagnostic[]>;
	/** Code actions of a range (the whole file by default), of the given kinds. */
	actions(uri: string, only?: readonly string[], range?: Range): Promise<readonly CodeAction[]>;
	hover(uri: string, position: Position): Promise<Hover | null>;
	/** Waits until messages from the server have made it true. */
	until(condition: () => boolean): Promise<void>;
	/** Says goodbye; the server's exit status. */
	stop(): Promise<number | null>;
}

/** The whole of any file. */
export const everywhere: Range = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

/** What VS Code announces, as far as Whittle looks at it. */
export const pullingEditor: ClientCapabilities = {
	textDocument: {
		diagnostic: { dynamicRegistration: true, relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
		publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
		codeAction: {
			codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source', 'source.fixAll'] } },
			dataSupport: true,
			resolveSupport: { properties: ['edit'] },
			isPreferredSupport: true,
		},
		hover: { contentFormat: ['markdown', 'plaintext'] },
	},
	workspace: {
		configuration: true,
		workspaceFolders: true,
		didChangeConfiguration: { dynamicRegistration: true },
		didChangeWatchedFiles: { dynamicRegistration: true },
		diagnostics: { refreshSupport: true },
		workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'], changeAnnotationSupport: { groupsOnLabel: true } },
	},
};

/** What a small editor announces: pushed diagnostics and code actions that carry their edits. */
export const pushedEditor: ClientCapabilities = {
	textDocument: { publishDiagnostics: {}, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } } } },
};

/** Starts the server and shakes hands. */
export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
	const [script = '', ...more] = options.command ?? ['dist/server.js', '--stdio'];
	const server = spawn(process.execPath, [resolve(script), ...more], { stdio: ['pipe', 'pipe', 'inherit'] });
	const exit = new Promise<number | null>((done) => server.once('exit', done));
	const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
	const published: PublishDiagnosticsParams[] = [];
	const statuses: DocumentStatus[] = [];
	const logged: string[] = [];
	const registrations: Registration[] = [];
	const versions = new Map<string, number>();
	const waiting = new Set<() => void>();
	let refreshes = 0;
	const received = (record: () => void) => {
		record();
		for (const check of [...waiting]) check();
	};
	connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => received(() => published.push(params)));
	connection.onNotification('whittle/status', (status: DocumentStatus) => received(() => statuses.push(status)));
	connection.onNotification('window/logMessage', ({ message }: { message: string }) => received(() => logged.push(message)));
	connection.onRequest('workspace/configuration', ({ items }: { items: readonly { scopeUri?: string }[] }) => items.map(({ scopeUri }) => options.settings?.(scopeUri) ?? null));
	connection.onRequest('workspace/diagnostic/refresh', () => received(() => refreshes++));
	connection.onRequest('client/registerCapability', (params: { registrations: readonly Registration[] }) => received(() => registrations.push(...params.registrations)));
	connection.listen();
	const initialized = await connection.sendRequest<InitializeResult>('initialize', {
		processId: process.pid,
		rootUri: null,
		workspaceFolders: options.folders?.map((path) => ({ uri: pathToFileURL(path).href, name: path })) ?? null,
		capabilities: options.capabilities ?? pullingEditor,
		initializationOptions: options.initializationOptions,
	});
	await connection.sendNotification('initialized', {});
	return {
		connection,
		initialized,
		published,
		statuses,
		logged,
		registrations,
		refreshes: () => refreshes,
		async open(uri, text, languageId = 'dockerfile') {
			versions.set(uri, 1);
			await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
		},
		async change(uri, changes) {
			for (const change of changes) {
				const version = (versions.get(uri) ?? 0) + 1;
				versions.set(uri, version);
				await connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
			}
		},
		async pull(uri) {
			const report = await connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
			if (report.kind !== 'full') throw new Error('the server answered with a report that it was not asked for');
			return report.items;
		},
		async actions(uri, only, range = everywhere) {
			return (
				(await connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [], ...(only ? { only } : {}) } })) ??
				[]
			);
		},
		hover: (uri, position) => connection.sendRequest('textDocument/hover', { textDocument: { uri }, position }),
		until: (condition) =>
			new Promise((done) => {
				const check = () => {
					if (!condition()) return;
					waiting.delete(check);
					done();
				};
				waiting.add(check);
				check();
			}),
		async stop() {
			await connection.sendRequest('shutdown');
			await connection.sendNotification('exit');
			return exit;
		},
	};
}

/** The text after the edits that an action makes in its document. */
export function afterEdit(uri: string, text: string, edit: WorkspaceEdit | undefined): string {
	const changed = edit?.documentChanges
		?.filter((change): change is TextDocumentEdit => 'textDocument' in change && change.textDocument.uri === uri)
		.flatMap((change) => change.edits);
	return TextDocument.applyEdits(TextDocument.create(uri, 'dockerfile', 0, text), [...((changed as TextEdit[] | undefined) ?? edit?.changes?.[uri] ?? [])]);
}

/** The address of a file. */
export function uriOf(...path: readonly string[]): string {
	return pathToFileURL(resolve(...path)).href;
}
