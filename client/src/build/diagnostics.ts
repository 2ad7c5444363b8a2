import { Diagnostic, DiagnosticSeverity, type Disposable, languages, Range, type Uri, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { BuildOutcome } from '../../../server/src/podman/events';
import { type StepParams, stepRequest, type TextRange } from '../../../server/src/protocol';
import { sentence } from './texts';

/** Marks the instructions at which builds failed, until the file is built again or edited. */
export interface FailureMarks extends Disposable {
	clear(file: Uri): void;
	/** The place that was marked; undefined where podman did not say which instruction it was. */
	mark(file: Uri, failed: Extract<BuildOutcome, { kind: 'failed' }>): Promise<Range | undefined>;
}

/** No marks yet. */
export function createFailureMarks(client: LanguageClient): FailureMarks {
	const collection = languages.createDiagnosticCollection('whittle.build');
	const edits = workspace.onDidChangeTextDocument(({ document, contentChanges }) => contentChanges.length > 0 && collection.delete(document.uri));
	return {
		clear: (file) => collection.delete(file),
		async mark(file, { because, lastLines, at }) {
			if (!at) return undefined;
			// The server knows the documents that are open, if only here.
			const document = await workspace.openTextDocument(file);
			const params: StepParams = { uri: client.code2ProtocolConverter.asUri(file), step: at };
			const found = await client.sendRequest<TextRange | null>(stepRequest, params);
			if (!found || document.isDirty) return undefined;
			const range = new Range(found.start.line, found.start.character, found.end.line, found.end.character);
			const diagnostic = new Diagnostic(range, [sentence(because), ...lastLines].join('\n'), DiagnosticSeverity.Error);
			diagnostic.source = 'podman';
			collection.set(file, [diagnostic]);
			return range;
		},
		dispose() {
			edits.dispose();
			collection.dispose();
		},
	};
}
