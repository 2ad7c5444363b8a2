import { fixAll } from '../../../server/src/lint/fix';
import type { RepairCase } from '../cases/repairCase';

/** A case's text as it is, with the safe repairs, or with all of them. */
export interface Variant {
	readonly how: 'before' | 'safe' | 'suggested';
	readonly text: string;
	/** Rules whose repairs were made, each once, in alphabetical order. */
	readonly rules: readonly string[];
}

/** The texts of a case. */
export function variantsOf({ text, only, reviewed }: RepairCase, server: string): readonly [Variant, Variant, Variant] {
	const before = text.replaceAll('{server}', server);
	const after = (upTo: 'safe' | 'suggested'): Variant => {
		const result = fixAll(before, undefined, { upTo: upTo === 'suggested' && reviewed ? 'review' : upTo, ...(only === undefined ? {} : { only }) });
		return { how: upTo, text: result.text, rules: [...new Set(result.applied.map(({ rule }) => rule))].sort() };
	};
	return [{ how: 'before', text: before, rules: [] }, after('safe'), after('suggested')];
}
