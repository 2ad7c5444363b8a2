import type { Docs, Saving } from '../advice/advice';
import type { Context } from '../model/context/context';
import type { Model } from '../model/stages/model';
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';

/** Another shape of a whole file that a person asks for: nothing is wrong with the file as it is. Always looked at before it is taken. Its file has the name of its id. */
export interface Rewrite {
	/** Says from what to what: installroot-to-scratch. */
	readonly id: string;
	/** A short phrase for lists. */
	readonly title: string;
	/** What a file has to have for it, as the end of "it needs …": `a last stage on an RPM distribution`. */
	readonly needs: string;
	/** Run as its first test; `after` is what it makes of `before`. */
	readonly docs: Docs;
	/** Undefined where the file is not of the kind; a refusal, at the place that stops it, where it is and cannot be rewritten with certainty. Pure, never throws. */
	propose(model: Model, context: Context): Proposal | Refusal | undefined;
}

/** A rewrite that can be made. */
export interface Proposal {
	/** What a person picks: `Install into an empty root and ship that on scratch`. */
	readonly title: string;
	/** Where it is offered: the FROM of the stage that changes. */
	readonly span: Span;
	/** What it rests on: sentences that a reviewer can answer yes or no. */
	readonly assumes: readonly string[];
	readonly saves?: Saving;
	/** Computed when it is picked; of the file that was proposed for. */
	edits(): readonly Edit[];
}

/** Why not. */
export interface Refusal {
	/** The end of "refused because …", without a full stop. */
	readonly because: string;
	/** What stops it. */
	readonly span: Span;
}

/** Whether a rewrite says no. */
export function isRefusal(answer: object): answer is Refusal {
	return 'because' in answer;
}
