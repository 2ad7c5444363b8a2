import { type CodeAction, CodeActionKind, type CodeActionParams, type WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Applicability, type Fix, trusted } from '../advice/advice';
import { fixAll } from '../lint/fix';
import type { Reported } from '../lint/lint';
import { type IgnoreScope, ignoreEdit } from '../lint/suppress';
import { rules } from '../rules';
import { overlaps, type Span } from '../text/span';
import type { Analysis } from './analysis';
import type { ClientFeatures } from './clientFeatures';
import { diagnosticOf } from './diagnostics';
import { editsBetween } from './lineEdits';
import { rewriteActions, rewriteKind } from './rewriteActions';
import { workspaceEditOf } from './workspaceEdits';

/** The kind of the action that makes every safe repair of a file; editors run it on save for those who ask for that. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.whittle`;

/** The kinds that are offered. */
export const codeActionKinds: readonly string[] = [CodeActionKind.QuickFix, rewriteKind, fixAllKind];

/** What an action carries whose edit comes when it is picked: enough to start over. */
export interface PostponedFix {
	readonly uri: string;
	readonly upTo: Applicability;
	readonly only?: string;
}

/** What can be done about the findings in a range; of the kinds asked for, and nothing is computed for others. */
export function codeActionsOf(analysis: Analysis, params: CodeActionParams, client: ClientFeatures): CodeAction[] {
	if (analysis.tooLarge) return [];
	const { document, result } = analysis;
	const wants = (kind: string) => (params.context.only ?? ['']).some((asked) => asked === '' || asked === kind || kind.startsWith(`${asked}.`));
	const actions: CodeAction[] = [];
	const range: Span = { start: document.offsetAt(params.range.start), end: document.offsetAt(params.range.end) };
	if (wants(CodeActionKind.QuickFix)) {
		const here = result.findings.filter((finding) => overlaps(finding.span, range));
		actions.push(...here.flatMap((finding) => quickFixes(document, finding, client)), ...fixesOfOneRule(analysis, here, client), ...ignores(document, here, client));
	}
	actions.push(...rewriteActions(analysis, range, { quickFix: wants(CodeActionKind.QuickFix), refactor: wants(rewriteKind) }, client));
	if (wants(fixAllKind) && result.findings.some((finding) => fixUpTo(finding, 'safe'))) {
		const postponed: PostponedFix = { uri: document.uri, upTo: 'safe' };
		actions.push(...fixAllAction(analysis, { title: 'Whittle: fix all in this file (safe repairs)', kind: fixAllKind }, postponed, client));
	}
	return actions;
}

/** The edit of a postponed action, on the text as it is now. */
export function fixAllEdit(analysis: Analysis, { upTo, only }: PostponedFix, client: ClientFeatures): WorkspaceEdit | undefined {
	const { document, context, config } = analysis;
	const before = document.getText();
	const { text, files } = fixAll(before, context, { ...config, upTo, ...(only === undefined ? {} : { only }) });
	const edits = editsBetween(before, text);
	return workspaceEditOf(document, { edits, files }, client) ?? workspaceEditOf(document, { edits }, client);
}

/** Whether a value is what `PostponedFix` says; it has been through an editor. */
export function isPostponedFix(value: unknown): value is PostponedFix {
	const { uri, upTo, only } = (typeof value === 'object' && value !== null ? value : {}) as { readonly [key in keyof PostponedFix]?: unknown };
	return typeof uri === 'string' && (upTo === 'safe' || upTo === 'suggested') && (only === undefined || typeof only === 'string');
}

function quickFixes(document: TextDocument, finding: Reported, client: ClientFeatures): CodeAction[] {
	const preferred = finding.fixes?.find((fix) => fix.applicability === 'safe');
	return (finding.fixes ?? []).flatMap((fix) => {
		const confirm = fix.applicability === 'review' ? { confirm: fix.title } : {};
		const edit = workspaceEditOf(document, { ...fix, ...confirm }, client);
		return edit
			? [{ title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnosticOf(document, finding, client)], edit, ...(fix === preferred ? { isPreferred: true } : {}) }]
			: [];
	});
}

/** "Fix all of this kind": only where there is more than the one, and never what a person has to look at first. */
function fixesOfOneRule(analysis: Analysis, here: readonly Reported[], client: ClientFeatures): CodeAction[] {
	const fixable = here.filter((finding) => fixUpTo(finding, 'suggested'));
	const firstOfEach = fixable.filter((finding, index) => fixable.findIndex(({ rule }) => rule === finding.rule) === index);
	return firstOfEach.flatMap((finding) => {
		const upTo = fixUpTo(finding, 'suggested')?.applicability ?? 'safe';
		const alike = analysis.result.findings.filter((other) => other.rule === finding.rule && fixUpTo(other, upTo));
		if (alike.length < 2) return [];
		const action: CodeAction = {
			title: `Fix all ${finding.rule} in this file`,
			kind: CodeActionKind.QuickFix,
			diagnostics: alike.map((other) => diagnosticOf(analysis.document, other, client)),
		};
		return fixAllAction(analysis, action, { uri: analysis.document.uri, upTo, only: finding.rule }, client);
	});
}

function fixAllAction(analysis: Analysis, action: CodeAction, postponed: PostponedFix, client: ClientFeatures): CodeAction[] {
	if (client.resolvesEdits) return [{ ...action, data: postponed }];
	const edit = fixAllEdit(analysis, postponed, client);
	return edit ? [{ ...action, edit }] : [];
}

/** What a rule finds can be ignored, once for each place; what is said about an ignore comment cannot. */
function ignores(document: TextDocument, here: readonly Reported[], client: ClientFeatures): CodeAction[] {
	const offered = new Set<string>();
	const ofRules = here.filter((finding) => rules.some(({ id }) => id === finding.rule));
	return ofRules.flatMap((finding) =>
		(['here', 'file'] satisfies IgnoreScope[]).flatMap((scope) => {
			const edit = ignoreEdit(document.getText(), finding.rule, finding.span.start, scope);
			const title = `Ignore ${finding.rule} ${scope === 'here' ? 'here' : 'in this file'}`;
			const place = `${edit.span.start} ${title}`;
			const workspaceEdit = offered.has(place) ? undefined : workspaceEditOf(document, { edits: [edit] }, client);
			offered.add(place);
			return workspaceEdit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnosticOf(document, finding, client)], edit: workspaceEdit }] : [];
		}),
	);
}

function fixUpTo(finding: Reported, upTo: Applicability): Fix | undefined {
	return finding.fixes?.find((fix) => trusted(fix, upTo));
}
