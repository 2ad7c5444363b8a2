import {
	type Connection,
	createConnection,
	DidChangeConfigurationNotification,
	DidChangeWatchedFilesNotification,
	type InitializeResult,
	LSPErrorCodes,
	ResponseError,
	TextDocumentSyncKind,
	TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { whittleVersion } from '../disk/version';
import { configurable } from '../lint/configurable';
import { explainRewrite, explainRule } from '../lint/explanation';
import { locate } from '../podman/locate';
import {
	type BasesParams,
	type BuildShape,
	basesRequest,
	type ExplainParams,
	explainRequest,
	type RewriteParams,
	type RewritePreview,
	type RewriteRefusal,
	type RewritesParams,
	type RuleInfo,
	rewriteRequest,
	rewritesRequest,
	rulesRequest,
	type ShapeParams,
	type StepParams,
	shapeRequest,
	stepRequest,
	type TextRange,
} from '../protocol';
import { rewrites } from '../rewrites';
import { isRefusal } from '../rewrites/rewrite';
import { basesReport, openTexts } from './basesReport';
import { codeActionKinds, codeActionsOf, fixAllEdit, isPostponedFix } from './codeActions';
import { diagnosticsOf, rangeOf, source } from './diagnostics';
import { hoverOf } from './hover';
import { pathOf } from './places';
import { isPostponedRewrite, rewriteChoices, rewriteEdit, rewritePreview } from './rewriteActions';
import { createSession, type Session } from './session';

/** Starts the language server on the transport that the command line names (`--stdio`, `--node-ipc`, `--socket`, `--pipe`), standard input and output where it names none. */
export function startServer(): void {
	const named = process.argv.some((argument) => /^--(?:stdio|node-ipc|socket|pipe)(?:=|$)/.test(argument));
	serve(named ? createConnection() : createConnection(process.stdin, process.stdout));
}

/** The whole protocol surface: what is answered, and by which file of this folder. */
function serve(connection: Connection): void {
	const documents = new TextDocuments(TextDocument);
	let session: Session;

	connection.onInitialize((params) => {
		session = createSession(connection, documents, params);
		return capabilities(session);
	});
	connection.onInitialized(() => guarded('initialized', undefined, () => register(connection, session)));

	connection.languages.diagnostics.on(({ textDocument }) =>
		guarded('textDocument/diagnostic', { kind: 'full' as const, items: [] }, async () => {
			const analysis = await session.look(textDocument.uri);
			return { kind: 'full' as const, items: analysis ? diagnosticsOf(analysis, session.client) : [] };
		}),
	);
	connection.onCodeAction((params) =>
		guarded('textDocument/codeAction', [], async () => {
			const analysis = await session.analyse(params.textDocument.uri);
			return analysis ? codeActionsOf(analysis, params, session.client) : [];
		}),
	);
	connection.onCodeActionResolve((action) =>
		guarded('codeAction/resolve', action, async () => {
			const data: unknown = action.data;
			if (!isPostponedFix(data) && !isPostponedRewrite(data)) return action;
			const analysis = await session.analyse(data.uri);
			const edit = analysis && ('rewrite' in data ? rewriteEdit(analysis, data.rewrite, session.client) : fixAllEdit(analysis, data, session.client));
			if (edit && isRefusal(edit)) throw new ResponseError(LSPErrorCodes.RequestFailed, `refused because ${edit.because}`);
			return edit ? { ...action, edit } : action;
		}),
	);
	connection.onHover(({ textDocument, position }) =>
		guarded('textDocument/hover', null, async () => {
			const analysis = await session.analyse(textDocument.uri);
			return analysis ? hoverOf(analysis, position, session.client) : null;
		}),
	);
	connection.onRequest(explainRequest, (params: ExplainParams): string | null => {
		const rule = configurable.find(({ id }) => id === params?.rule);
		const rewrite = rewrites.find(({ id }) => id === params?.rule);
		return rule ? explainRule(rule) : rewrite ? explainRewrite(rewrite) : null;
	});
	connection.onRequest(rulesRequest, (): RuleInfo[] => [...configurable, ...rewrites].map(({ id, title }) => ({ id, title })));
	connection.onRequest(rewritesRequest, (params: RewritesParams) =>
		guarded(rewritesRequest, null, async () => {
			const analysis = await session.analyse(params?.uri);
			return analysis && !analysis.tooLarge ? rewriteChoices(analysis) : null;
		}),
	);
	connection.onRequest<RewritePreview | RewriteRefusal | null, void>(rewriteRequest, (params: RewriteParams) =>
		guarded<RewritePreview | RewriteRefusal | null>(rewriteRequest, null, async () => {
			const analysis = await session.analyse(params?.uri);
			return analysis && !analysis.tooLarge ? rewritePreview(analysis, params.rewrite) : null;
		}),
	);
	connection.onRequest<TextRange | null, void>(stepRequest, (params: StepParams) =>
		guarded<TextRange | null>(stepRequest, null, () => {
			const document = documents.get(params?.uri);
			const span = document && locate(document.getText(), params.step);
			return span ? rangeOf(document, span) : null;
		}),
	);
	connection.onRequest(basesRequest, (params: BasesParams, token) =>
		guarded<string | null>(basesRequest, null, async () => {
			const folders = (params?.folders ?? []).flatMap((uri) => pathOf(uri) ?? []);
			const openText = openTexts(documents.all());
			return (await basesReport(folders, { configurationOf: session.configurationOf, openText }, token)) ?? null;
		}),
	);
	connection.onRequest(shapeRequest, (params: ShapeParams) =>
		guarded<BuildShape>(shapeRequest, {}, async () => {
			const { target, squash, layers, format } = await session.configurationOf(params?.uri);
			return {
				...(target === undefined ? {} : { target }),
				...(squash === undefined ? {} : { squash }),
				...(layers === undefined ? {} : { layers }),
				...(format === undefined ? {} : { format }),
			};
		}),
	);

	documents.onDidChangeContent(({ document }) => guarded('textDocument/didChange', undefined, () => session.push(document.uri)));
	documents.onDidClose(({ document }) => guarded('textDocument/didClose', undefined, () => session.close(document.uri)));
	connection.onDidChangeConfiguration(({ settings }) => guarded('workspace/didChangeConfiguration', undefined, () => session.reconfigure(settings)));
	connection.onDidChangeWatchedFiles(() => guarded('workspace/didChangeWatchedFiles', undefined, () => session.lookAgain()));

	documents.listen(connection);
	connection.listen();

	/** An answer for a request that went wrong is empty, and the next request is answered as if it had not been. */
	async function guarded<T>(what: string, empty: T, answer: () => T | Promise<T>): Promise<T> {
		try {
			return await answer();
		} catch (error) {
			if (error instanceof ResponseError) throw error;
			connection.console.error(`${what} could not be answered: ${error instanceof Error ? error.message : String(error)}`);
			return empty;
		}
	}
}

function capabilities({ client }: Session): InitializeResult {
	return {
		serverInfo: { name: source, version: whittleVersion() },
		capabilities: {
			positionEncoding: 'utf-16',
			textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
			hoverProvider: true,
			...(client.codeActionLiterals ? { codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: client.resolvesEdits } } : {}),
			...(client.pullsDiagnostics ? { diagnosticProvider: { identifier: source, interFileDependencies: false, workspaceDiagnostics: false } } : {}),
			...(client.workspaceFolders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
		},
	};
}

/** Asks to be told of changed settings, and of the files beside a Containerfile that change what is said about it. */
async function register(connection: Connection, session: Session): Promise<void> {
	const { client } = session;
	if (client.registersConfiguration) await connection.client.register(DidChangeConfigurationNotification.type, { section: 'whittle' });
	if (client.registersWatchers) {
		const patterns = ['**/.dockerignore', '**/.containerignore', '**/*.dockerignore', '**/*.containerignore', '**/.whittlerc.json', '**/package.json'];
		await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: patterns.map((globPattern) => ({ globPattern })) });
	}
	if (client.workspaceFolders) session.followFolders();
}
