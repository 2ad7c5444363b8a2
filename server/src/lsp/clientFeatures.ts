import { DiagnosticTag, type InitializeParams, MarkupKind, ResourceOperationKind } from 'vscode-languageserver/node';

/** What the editor at the other end can do, as it announced it in `initialize`. */
export interface ClientFeatures {
	/** It asks for diagnostics; they are then never pushed, or it would show each of them twice. */
	readonly pullsDiagnostics: boolean;
	/** It can be told to ask again. */
	readonly refreshesDiagnostics: boolean;
	readonly relatedInformation: boolean;
	readonly codeDescription: boolean;
	readonly unnecessaryTag: boolean;
	/** It takes code actions that carry edits; without that none are offered. */
	readonly codeActionLiterals: boolean;
	/** It asks for an action's edit only when the action is picked. */
	readonly resolvesEdits: boolean;
	/** It takes edits that name the version they are for, and edits of several files. */
	readonly documentChanges: boolean;
	readonly createsFiles: boolean;
	/** It can ask a person to confirm an edit. */
	readonly changeAnnotations: boolean;
	readonly markdownHover: boolean;
	/** It answers `workspace/configuration`. */
	readonly configuration: boolean;
	/** It has to be asked before it tells of changed settings. */
	readonly registersConfiguration: boolean;
	readonly registersWatchers: boolean;
	readonly workspaceFolders: boolean;
	/** It shows actions that cannot be taken, with the reason. */
	readonly disabledActions: boolean;
	/** It shows `whittle/status`. */
	readonly status: boolean;
	/** It has the command that shows a rewrite and asks. */
	readonly previewsRewrites: boolean;
}

/** Reads the announcement; what is not announced is absent. */
export function readClientFeatures(params: InitializeParams): ClientFeatures {
	const { textDocument = {}, workspace = {}, experimental } = params.capabilities;
	const { publishDiagnostics, diagnostic, codeAction, hover } = textDocument;
	// Clients announce what a diagnostic may hold under the push capability and, since 3.17, again under the pull one.
	const shown = { ...publishDiagnostics, ...diagnostic };
	const documentChanges = workspace.workspaceEdit?.documentChanges === true;
	return {
		pullsDiagnostics: diagnostic !== undefined,
		refreshesDiagnostics: workspace.diagnostics?.refreshSupport === true,
		relatedInformation: shown.relatedInformation === true,
		codeDescription: shown.codeDescriptionSupport === true,
		unnecessaryTag: shown.tagSupport?.valueSet?.includes(DiagnosticTag.Unnecessary) === true,
		codeActionLiterals: codeAction?.codeActionLiteralSupport !== undefined,
		resolvesEdits: codeAction?.dataSupport === true && codeAction.resolveSupport?.properties.includes('edit') === true,
		documentChanges,
		createsFiles: documentChanges && workspace.workspaceEdit?.resourceOperations?.includes(ResourceOperationKind.Create) === true,
		changeAnnotations: documentChanges && workspace.workspaceEdit?.changeAnnotationSupport !== undefined,
		markdownHover: hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
		configuration: workspace.configuration === true,
		registersConfiguration: workspace.didChangeConfiguration?.dynamicRegistration === true,
		registersWatchers: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
		workspaceFolders: workspace.workspaceFolders === true,
		disabledActions: codeAction?.disabledSupport === true,
		status: [params.initializationOptions, experimental].some((options) => announces(options, 'status')),
		previewsRewrites: [params.initializationOptions, experimental].some((options) => announces(options, 'previewRewrite')),
	};
}

function announces(options: unknown, feature: 'status' | 'previewRewrite'): boolean {
	const whittle = (options as { whittle?: { [name in typeof feature]?: unknown } | null } | null | undefined)?.whittle;
	return whittle?.[feature] === true;
}
