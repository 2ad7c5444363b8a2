import type { Connection, InitializeParams, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Config } from '../lint/config';
import { statusNotification } from '../protocol';
import { type Analysis, createAnalyser, isWelcome } from './analysis';
import { type ClientFeatures, readClientFeatures } from './clientFeatures';
import { createConfiguration } from './configuration';
import { diagnosticsOf } from './diagnostics';
import { pathOf } from './places';
import { statusOf } from './status';

/** What the server knows between two messages: the open documents, the settings, the folders. Every answer is made of these alone. */
export interface Session {
	readonly client: ClientFeatures;
	/** What the settings and `.whittlerc.json` say to a file, open or not. */
	configurationOf(uri: string): Promise<Config>;
	/** What is to be said about an open document; undefined where it is not open or not one to look at. */
	analyse(uri: string): Promise<Analysis | undefined>;
	/** The same, and the client's status item hears of it. */
	look(uri: string): Promise<Analysis | undefined>;
	/** Tells a client that does not ask; does nothing for one that does. */
	push(uri: string): Promise<void>;
	/** Takes back what was said about a document that is closed. */
	close(uri: string): Promise<void>;
	/** The settings have changed. */
	reconfigure(settings: unknown): Promise<void>;
	/** Something beside the documents has changed: everything is said anew. */
	lookAgain(): Promise<void>;
	/** Keeps the list of workspace folders up to date. */
	followFolders(): void;
}

/** Begins a session with a client that has introduced itself. */
export function createSession(connection: Connection, documents: TextDocuments<TextDocument>, params: InitializeParams): Session {
	const client = readClientFeatures(params);
	const analyser = createAnalyser();
	const folders = new Set(params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []));
	const configuration = createConfiguration({
		ask: async (scopeUri) => {
			if (!client.configuration) return undefined;
			try {
				return await connection.workspace.getConfiguration({ scopeUri, section: 'whittle' });
			} catch (error) {
				connection.console.warn(`the editor did not tell its settings: ${error instanceof Error ? error.message : String(error)}`);
				return undefined;
			}
		},
		roots: () => [...folders].flatMap((uri) => pathOf(uri) ?? []),
		warn: (message) => connection.console.warn(message),
		initial: params.initializationOptions,
	});

	async function analyse(uri: string): Promise<Analysis | undefined> {
		const config = await configuration.of(uri);
		// Read after waiting, so that text, version and findings belong together.
		const document = documents.get(uri);
		return document && isWelcome(document) ? analyser(document, config) : undefined;
	}

	async function look(uri: string): Promise<Analysis | undefined> {
		const analysis = await analyse(uri);
		if (analysis && client.status) await connection.sendNotification(statusNotification, statusOf(analysis));
		return analysis;
	}

	async function push(uri: string): Promise<void> {
		if (client.pullsDiagnostics) return;
		const analysis = await look(uri);
		if (analysis) await connection.sendDiagnostics({ uri, version: analysis.document.version, diagnostics: diagnosticsOf(analysis, client) });
	}

	async function lookAgain(): Promise<void> {
		if (!client.pullsDiagnostics) await Promise.all(documents.keys().map(push));
		else if (client.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
	}

	return {
		client,
		configurationOf: configuration.of,
		analyse,
		look,
		push,
		async close(uri) {
			configuration.forget(uri);
			if (!client.pullsDiagnostics) await connection.sendDiagnostics({ uri, diagnostics: [] });
		},
		async reconfigure(settings) {
			configuration.changed(settings);
			await lookAgain();
		},
		lookAgain,
		followFolders() {
			connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
				for (const { uri } of removed) folders.delete(uri);
				for (const { uri } of added) folders.add(uri);
				lookAgain().catch((error: unknown) => connection.console.error(`workspace/didChangeWorkspaceFolders could not be answered: ${String(error)}`));
			});
		},
	};
}
