import { expect } from 'vitest';
import type { Applicability, Finding, Fix } from '../../server/src/advice/advice';
import { analyze } from '../../server/src/lint/analyze';
import { type Context, loneFile } from '../../server/src/model/context/context';
import type { Rule } from '../../server/src/rules/rule';
import { applyEdits } from '../../server/src/text/edit';

/** A Containerfile's text, and the spans that its «marks» stood around. */
export function unmark(marked: string): { readonly text: string; readonly spans: readonly { start: number; end: number }[] } {
	const spans: { start: number; end: number }[] = [];
	let text = '';
	for (const piece of marked.split(/(?=[«»])/)) {
		if (piece.startsWith('«')) spans.push({ start: text.length, end: -1 });
		const open = spans.findLast((span) => span.end < 0);
		if (piece.startsWith('»') && open) open.end = text.length;
		text += piece.replace(/^[«»]/, '');
	}
	return { text, spans };
}

/** Asserts that a rule finds exactly the «marked» places, and returns what it found. */
export function finds(rule: Rule, marked: string, context: Context = loneFile): readonly Finding[] {
	const { text, spans } = unmark(marked);
	const findings = [...rule.check(analyze(text, context), context)];
	const mark = (places: readonly { start: number; end: number }[]) =>
		applyEdits(
			text,
			places.flatMap(({ start, end }) => [
				{ span: { start, end: start }, text: '«' },
				{ span: { start: end, end }, text: '»' },
			]),
		);
	expect(mark([...findings.map(({ span }) => span)].sort((a, b) => a.start - b.start))).toBe(mark(spans));
	return findings;
}

/** Asserts that a rule says nothing. */
export function silent(rule: Rule, text: string, context: Context = loneFile): void {
	expect([...rule.check(analyze(text, context), context)].map(({ message, span }) => `${text.slice(span.start, span.end)}: ${message}`)).toEqual([]);
}

/** Asserts that a rule's first finding with a fix turns `before` into `after` by it, with the given trust, and returns the fix. */
export function fixes(rule: Rule, before: string, after: string, applicability: Applicability, context: Context = loneFile): Fix {
	const findings = [...rule.check(analyze(before, context), context)];
	const fix = findings.flatMap((finding) => finding.fixes ?? [])[0];
	if (!fix) throw new Error(`${rule.id} offers no fix: ${JSON.stringify(findings.map(({ message }) => message))}`);
	expect(applyEdits(before, fix.edits)).toBe(after);
	expect(fix.applicability).toBe(applicability);
	return fix;
}

/** Asserts that a rule finds something but offers no fix. */
export function unfixable(rule: Rule, text: string, context: Context = loneFile): void {
	const findings = [...rule.check(analyze(text, context), context)];
	expect(findings.length).toBeGreaterThan(0);
	expect(findings.flatMap((finding) => finding.fixes ?? []).map((fix) => applyEdits(text, fix.edits))).toEqual([]);
}
