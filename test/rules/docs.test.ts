import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/lint/fix';
import { lint } from '../../server/src/lint/lint';
import type { Context } from '../../server/src/model/context/context';
import { rules } from '../../server/src/rules';
import { applyEdits } from '../../server/src/text/edit';
import { checkLaws } from '../support/laws';

describe.each(rules.map((rule) => [rule.id, rule] as const))('the docs of %s', (id, rule) => {
	const buildContext = { present: new Set(['.git']), ignoreFiles: new Map(), fileName: 'Containerfile' };
	const findingsBy = (context: Context) => lint(rule.docs.before, context).findings.filter((finding) => finding.rule === id);
	// Some rules are about podman alone.
	const contexts = (['any', 'podman'] as const).map((kind): Context => ({ builder: { kind }, buildContext }));
	const context = contexts.find((one) => findingsBy(one).length > 0) ?? (contexts[0] as Context);
	const found = findingsBy(context);

	it('are noticed', () => {
		expect(found.length).toBeGreaterThan(0);
	});

	it('are repaired as they say', () => {
		const fix = found.flatMap((finding) => finding.fixes ?? [])[0];
		// A repair of another file leaves the Containerfile as it is.
		const after = fix === undefined ? undefined : applyEdits(rule.docs.before, fix.edits);
		expect(after === rule.docs.before && fix?.files ? undefined : after).toBe(rule.docs.after);
		expect(rule.fixable === 'no').toBe(fix === undefined);
	});

	it('are silent once repaired', () => {
		if (rule.docs.after === undefined) return;
		const after = fixAll(rule.docs.before, context, { upTo: 'review', only: id }).text;
		expect(lint(after, context).findings.filter((finding) => finding.rule === id)).toEqual([]);
	});

	it('keep the laws', () => {
		expect(checkLaws(rule.docs.before, context)).toEqual([]);
	});

	it('have a size only with a source', () => {
		for (const finding of found) if (finding.saves) expect(finding.saves.source.length).toBeGreaterThan(10);
	});
});
