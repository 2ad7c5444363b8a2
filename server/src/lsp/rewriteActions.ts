import { type CodeAction, CodeActionKind, type WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { analyze } from '../lint/analyze';
import { describeSaving } from '../lint/explanation';
import { propose, rewritten } from '../lint/propose';
import { describeRange } from '../lint/total';
import { previewCommand, type RewriteChoice, type RewriteParams, type RewritePreview, type RewriteRefusal } from '../protocol';
import { isRefusal, type Proposal, type Refusal } from '../rewrites/rewrite';
import type { Stage } from '../syntax/containerfile';
import { contains, overlaps, type Span } from '../text/span';
import { type Analysis, rewriteContextOf } from './analysis';
import type { ClientFeatures } from './clientFeatures';
import { diagnosticOf, rangeOf } from './diagnostics';
import { editsBetween } from './lineEdits';
import { workspaceEditOf } from './workspaceEdits';

/** The kind of the actions that rewrite a file. */
export const rewriteKind = `${CodeActionKind.RefactorRewrite}.whittle`;

/** As what rewrites are asked for: as repairs of findings, as something that may be done anyway. */
export interface Wanted {
	readonly quickFix: boolean;
	readonly refactor: boolean;
}

/** The rewrites of the stage in a range, and those that cure a finding there; where the client shows them also the refused ones, at what stops them and at the FROM of what ships. */
export function rewriteActions(analysis: Analysis, range: Span, wanted: Wanted, client: ClientFeatures): CodeAction[] {
	const { document, result } = analysis;
	const curable = wanted.quickFix || wanted.refactor ? result.findings.filter(({ rewrites, span }) => rewrites && overlaps(span, range)) : [];
	if (!wanted.refactor && curable.length === 0) return [];
	const context = rewriteContextOf(analysis);
	const { stages, target } = analyze(document.getText(), context);
	const actions: CodeAction[] = [];
	for (const { rewrite, answer } of propose(document.getText(), context)) {
		if (!answer) continue;
		if (isRefusal(answer)) {
			const near = [answer.span, ...(target ? [target.stage.from.span] : [])].some((span) => overlaps(wholeLines(document, span), range));
			if (wanted.refactor && near && client.disabledActions) actions.push({ title: rewrite.title, kind: rewriteKind, disabled: { reason: reasonOf(document, answer) } });
			continue;
		}
		const findings = curable.filter(({ rewrites }) => rewrites?.includes(rewrite.id));
		const touched = [answer.span, ...stages.map(({ stage }) => spanOf(stage)).filter((span) => contains(span, answer.span))].some((span) => overlaps(span, range));
		if (findings.length === 0 && !(wanted.refactor && touched)) continue;
		const action: CodeAction = {
			title: answer.title,
			kind: wanted.refactor ? rewriteKind : CodeActionKind.QuickFix,
			...(findings.length > 0 ? { diagnostics: findings.map((finding) => diagnosticOf(document, finding, client)) } : {}),
		};
		const effect = effectOf(analysis, { uri: document.uri, rewrite: rewrite.id }, answer, client);
		if (effect) actions.push({ ...action, ...effect });
	}
	return actions;
}

/** Whittle's own client shows the rewrite and asks; others make the edit, computed when it is picked where they can ask for it then. */
function effectOf(analysis: Analysis, params: RewriteParams, { title }: Proposal, client: ClientFeatures): Partial<CodeAction> | undefined {
	if (client.previewsRewrites) return { command: { title, command: previewCommand, arguments: [params] } };
	if (client.resolvesEdits) return { data: params };
	const edit = rewriteEdit(analysis, params.rewrite, client);
	return edit && !isRefusal(edit) ? { edit } : undefined;
}

/** Whether a value is what the action of a rewrite carries whose edit comes when it is picked; it has been through an editor. */
export function isPostponedRewrite(value: unknown): value is RewriteParams {
	const { uri, rewrite } = (typeof value === 'object' && value !== null ? value : {}) as { readonly [key in keyof RewriteParams]?: unknown };
	return typeof uri === 'string' && typeof rewrite === 'string';
}

/** The edit of a rewrite, on the text as it is now; a refusal where that refuses by now. */
export function rewriteEdit(analysis: Analysis, id: string, client: ClientFeatures): WorkspaceEdit | Refusal | undefined {
	const before = analysis.document.getText();
	const result = rewritten(before, id, rewriteContextOf(analysis));
	return isRefusal(result) ? result : workspaceEditOf(analysis.document, { edits: editsBetween(before, result.text) }, client);
}

function reasonOf(document: TextDocument, { because, span }: Refusal): string {
	return `refused because ${because} (line ${document.positionAt(span.start).line + 1})`;
}

/** A rewrite with what a person has to know before it is applied, on the text as it is now. */
export function rewritePreview(analysis: Analysis, id: string): RewritePreview | RewriteRefusal {
	const { document } = analysis;
	const before = document.getText();
	const result = rewritten(before, id, rewriteContextOf(analysis));
	if (isRefusal(result)) return { because: result.because, range: rangeOf(document, result.span) };
	return {
		version: document.version,
		title: result.proposal.title,
		...(result.proposal.saves ? { saving: describeSaving(result.proposal.saves) } : {}),
		assumes: result.proposal.assumes,
		text: result.text,
		edits: editsBetween(before, result.text).map(({ span, text }) => ({ range: rangeOf(document, span), newText: text })),
	};
}

/** What every rewrite says to a document: those that are offered first, those of another kind last. */
export function rewriteChoices(analysis: Analysis): readonly RewriteChoice[] {
	const { document } = analysis;
	const choices = propose(document.getText(), rewriteContextOf(analysis)).map(({ rewrite: { id, title, needs }, answer }): RewriteChoice => {
		if (!answer) return { id, title, refusal: { because: `it needs ${needs}` } };
		if (isRefusal(answer)) return { id, title, refusal: { because: answer.because, range: rangeOf(document, answer.span) } };
		return { id, title: answer.title, ...(answer.saves ? { saving: describeRange(answer.saves.atLeast, answer.saves.atMost) } : {}) };
	});
	const rank = ({ refusal }: RewriteChoice) => (refusal ? (refusal.range ? 1 : 2) : 0);
	return [...choices].sort((a, b) => rank(a) - rank(b));
}

function spanOf(stage: Stage): Span {
	return { start: stage.from.span.start, end: (stage.instructions.at(-1) ?? stage.from).span.end };
}

function wholeLines(document: TextDocument, span: Span): Span {
	const from = document.positionAt(span.start).line;
	const to = document.positionAt(Math.max(span.start, span.end - 1)).line;
	return { start: document.offsetAt({ line: from, character: 0 }), end: document.offsetAt({ line: to, character: Number.MAX_SAFE_INTEGER }) };
}
