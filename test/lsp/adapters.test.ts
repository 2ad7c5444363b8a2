import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CodeAction, DiagnosticTag, type InitializeParams } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Fix } from '../../server/src/advice/advice';
import type { Reported } from '../../server/src/lint/lint';
import type { Analysis } from '../../server/src/lsp/analysis';
import { type ClientFeatures, readClientFeatures } from '../../server/src/lsp/clientFeatures';
import { codeActionsOf } from '../../server/src/lsp/codeActions';
import { diagnosticsOf } from '../../server/src/lsp/diagnostics';
import { statusOf } from '../../server/src/lsp/status';
import { loneFile } from '../../server/src/model/context/context';
import { folderWith } from '../support/commandLine';
import { afterEdit, everywhere, pullingEditor, pushedEditor, uriOf } from '../support/languageClient';

const text = 'FROM debian\nCOPY . .\n';
const finding: Reported = { rule: 'some-rule', severity: 'info', span: { start: 12, end: 20 }, message: 'a message' };
const able = featuresOf(pullingEditor);
const simple = featuresOf(pushedEditor);

function featuresOf(capabilities: InitializeParams['capabilities']): ClientFeatures {
	return readClientFeatures({ processId: null, rootUri: null, workspaceFolders: null, capabilities });
}

function analysisOf(finding: Reported, uri = 'untitled:a'): Analysis {
	const document = TextDocument.create(uri, 'dockerfile', 3, text);
	return { document, config: { rules: {}, builder: { kind: 'any' } }, context: loneFile, result: { problems: [], findings: [finding] }, tooLarge: false };
}

function quickFixes(fixes: readonly Fix[], client: ClientFeatures, uri?: string): readonly CodeAction[] {
	const analysis = analysisOf({ ...finding, fixes }, uri);
	return codeActionsOf(analysis, { textDocument: { uri: analysis.document.uri }, range: everywhere, context: { diagnostics: [], only: ['quickfix'] } }, client);
}

describe('a diagnostic', () => {
	it('fades what does nothing, and only that', () => {
		expect(diagnosticsOf(analysisOf({ ...finding, redundant: true }), able)[0]?.tags).toEqual([DiagnosticTag.Unnecessary]);
		expect(diagnosticsOf(analysisOf(finding), able)[0]).not.toHaveProperty('tags');
		expect(diagnosticsOf(analysisOf({ ...finding, redundant: true }), simple)[0]).not.toHaveProperty('tags');
	});

	it('names the other places, where the editor shows them', () => {
		const related = [{ span: { start: 0, end: 4 }, message: 'because of this' }];
		expect(diagnosticsOf(analysisOf({ ...finding, related }), able)[0]?.relatedInformation).toEqual([
			{ location: { uri: 'untitled:a', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } } }, message: 'because of this' },
		]);
		expect(diagnosticsOf(analysisOf({ ...finding, related }), simple)[0]).not.toHaveProperty('relatedInformation');
	});
});

describe('a repair', () => {
	const edit = { span: { start: 5, end: 11 }, text: 'debian:12-slim' };
	const review: Fix = { title: 'Use debian:12-slim', applicability: 'review', edits: [edit] };

	it('that a person has to look at asks for that, where the editor can', () => {
		const [action] = quickFixes([review], able);
		expect(action).not.toHaveProperty('isPreferred');
		const annotations = action?.edit?.changeAnnotations ?? {};
		expect(Object.values(annotations)).toEqual([{ label: 'Use debian:12-slim', needsConfirmation: true }]);
		expect(action?.edit?.documentChanges).toMatchObject([{ textDocument: { version: 3 }, edits: [{ newText: 'debian:12-slim', annotationId: Object.keys(annotations)[0] }] }]);
		const [plain] = quickFixes([review], simple);
		expect(afterEdit('untitled:a', text, plain?.edit)).toBe('FROM debian:12-slim\nCOPY . .\n');
		expect(plain?.edit).not.toHaveProperty('changeAnnotations');
	});

	it('is preferred where it is the first safe one', () => {
		const fixes: Fix[] = [
			{ ...review, applicability: 'suggested' },
			{ ...review, title: 'A', applicability: 'safe' },
			{ ...review, title: 'B', applicability: 'safe' },
		];
		expect(quickFixes(fixes, able).filter(({ isPreferred }) => isPreferred)).toMatchObject([{ title: 'A' }]);
	});

	describe('of another file', () => {
		const ignore: Fix = { title: 'Ignore .git', applicability: 'suggested', edits: [], files: [{ path: '.dockerignore', text: 'node_modules\n.git\n' }] };

		it('makes that file', () => {
			const folder = folderWith({ Containerfile: text });
			expect(quickFixes([ignore], able, uriOf(folder, 'Containerfile'))[0]?.edit?.documentChanges).toEqual([
				{ kind: 'create', uri: uriOf(folder, '.dockerignore'), options: { overwrite: false, ignoreIfExists: false } },
				{
					textDocument: { uri: uriOf(folder, '.dockerignore'), version: null },
					edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: 'node_modules\n.git\n' }],
				},
			]);
		});

		it('changes only what changes in one that is there', () => {
			const folder = folderWith({ Containerfile: text, '.dockerignore': 'node_modules\n' });
			const [action] = quickFixes([ignore], able, uriOf(folder, 'Containerfile'));
			expect(action?.edit?.documentChanges).toEqual([
				{
					textDocument: { uri: uriOf(folder, '.dockerignore'), version: null },
					edits: [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, newText: '.git\n' }],
				},
			]);
			expect(afterEdit(uriOf(join(folder, '.dockerignore')), 'node_modules\n', action?.edit)).toBe('node_modules\n.git\n');
		});

		it('is not offered where the editor or the place of the document does not allow it', () => {
			const folder = folderWith({ Containerfile: text });
			const uri = uriOf(folder, 'Containerfile');
			const { workspaceEdit: _, ...workspace } = pullingEditor.workspace ?? {};
			expect(quickFixes([ignore], simple, uri)).toEqual([]);
			expect(quickFixes([ignore], featuresOf({ ...pullingEditor, workspace: { ...workspace, workspaceEdit: { documentChanges: true } } }), uri)).toEqual([]);
			expect(quickFixes([ignore], able, 'untitled:a')).toEqual([]);
		});
	});
});

describe('the status', () => {
	it('counts bytes once that several findings mean', () => {
		const saves = { of: 'lists', atLeast: 19e6, atMost: 85e6, basis: 'catalog', source: 'x' } as const;
		const analysis = analysisOf({ ...finding, saves });
		const twice: Analysis = { ...analysis, result: { problems: [], findings: [...analysis.result.findings, ...analysis.result.findings] } };
		expect(statusOf(twice)).toEqual({ uri: 'untitled:a', findings: 2, saving: '19 MB to 85 MB' });
	});

	it('counts what the list of problems shows, so no hints', () => {
		expect(statusOf(analysisOf({ ...finding, severity: 'hint' })).findings).toBe(0);
	});
});
