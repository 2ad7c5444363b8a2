import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CreateFile, type OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileChange } from '../advice/advice';
import type { Edit } from '../text/edit';
import type { ClientFeatures } from './clientFeatures';
import { rangeOf } from './diagnostics';
import { editsBetween } from './lineEdits';
import { fileOf } from './places';

/** A change of a document and of files beside it. */
export interface Change {
	readonly edits: readonly Edit[];
	readonly files?: readonly FileChange[];
	/** What a person is asked to confirm before anything changes; absent where nobody has to. */
	readonly confirm?: string;
}

/** The change in the words of this client; undefined where the client or the document's place does not allow it. */
export function workspaceEditOf(document: TextDocument, change: Change, client: ClientFeatures): WorkspaceEdit | undefined {
	const files = change.files ?? [];
	if (!client.documentChanges) return files.length > 0 ? undefined : { changes: { [document.uri]: textEditsOf(document, change.edits) } };
	const annotation = change.confirm !== undefined && client.changeAnnotations ? 'review' : undefined;
	const documentChanges: (TextDocumentEdit | CreateFile)[] =
		change.edits.length > 0 ? [editOf({ uri: document.uri, version: document.version }, textEditsOf(document, change.edits), annotation)] : [];
	for (const file of files) {
		const more = fileEdits(document.uri, file, client, annotation);
		if (!more) return undefined;
		documentChanges.push(...more);
	}
	return { documentChanges, ...(annotation === undefined ? {} : { changeAnnotations: { [annotation]: { label: change.confirm ?? '', needsConfirmation: true } } }) };
}

/** Edits in the editor's count. */
function textEditsOf(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
	return edits.map((edit) => ({ range: rangeOf(document, edit.span), newText: edit.text }));
}

function fileEdits(uri: string, file: FileChange, client: ClientFeatures, annotation: string | undefined): (TextDocumentEdit | CreateFile)[] | undefined {
	const beside = fileOf(uri);
	if (!beside) return undefined;
	const path = join(beside.folder, file.path);
	const identifier = { uri: pathToFileURL(path).href, version: null };
	const before = textOnDisk(path);
	if (before === undefined) {
		if (!client.createsFiles) return undefined;
		const create: CreateFile = {
			kind: 'create',
			uri: identifier.uri,
			options: { overwrite: false, ignoreIfExists: false },
			...(annotation === undefined ? {} : { annotationId: annotation }),
		};
		const start = { line: 0, character: 0 };
		return [create, editOf(identifier, [{ range: { start, end: start }, newText: file.text }], annotation)];
	}
	const old = TextDocument.create(identifier.uri, 'plaintext', 0, before);
	return [editOf(identifier, textEditsOf(old, editsBetween(before, file.text)), annotation)];
}

function editOf(identifier: OptionalVersionedTextDocumentIdentifier, edits: TextEdit[], annotation: string | undefined): TextDocumentEdit {
	return TextDocumentEdit.create(identifier, annotation === undefined ? edits : edits.map((edit) => ({ ...edit, annotationId: annotation })));
}

/** Without a byte order mark, which an editor does not count. */
function textOnDisk(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
	} catch {
		return undefined;
	}
}
