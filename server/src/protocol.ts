/** Custom messages between the server and Whittle's own client: types and names only. */

import type { Progress } from './podman/events';

/** Server to client: what the status item shows of a document, after each time it was looked at. */
export const statusNotification = 'whittle/status';

/** Counts of a document's findings and what they save together. */
export interface DocumentStatus {
	readonly uri: string;
	readonly findings: number;
	/** `19 MB to 85 MB`; absent where no finding has a number. */
	readonly saving?: string;
}

/** Client to server: Markdown that explains a rule or a rewrite; null for an unknown one. */
export const explainRequest = 'whittle/explain';

/** What to explain. */
export interface ExplainParams {
	/** The id of the rule or rewrite. */
	readonly rule: string;
}

/** Client to server: everything that `explain` knows. */
export const rulesRequest = 'whittle/rules';

/** A rule or a rewrite in a pick list. */
export interface RuleInfo {
	readonly id: string;
	readonly title: string;
}

/** Client to server: what every rewrite says to a document; null for one that is not looked at. */
export const rewritesRequest = 'whittle/rewrites';

/** Which document to ask about. */
export interface RewritesParams {
	readonly uri: string;
}

/** A rewrite in a pick list. */
export interface RewriteChoice {
	readonly id: string;
	readonly title: string;
	/** `120 MB to 190 MB`; absent where there is no number. */
	readonly saving?: string;
	/** Why it cannot be made; absent where it can. */
	readonly refusal?: RewriteRefusal;
}

/** Why a document is not rewritten. */
export interface RewriteRefusal {
	/** The end of "refused because …", without a full stop. */
	readonly because: string;
	/** What stops it; absent where the document is of another kind as a whole. */
	readonly range?: TextRange;
}

/** Client to server: a rewrite of a document as it is now; null for one that is not looked at. The same request gives what to look at and, once more, what to apply. */
export const rewriteRequest = 'whittle/rewrite';

/** Client side: the command that shows a rewrite and asks; its only argument says which. */
export const previewCommand = 'whittle.previewRewrite';

/** Which document to rewrite, and how. */
export interface RewriteParams {
	readonly uri: string;
	/** The id of the rewrite. */
	readonly rewrite: string;
}

/** A rewrite that can be made. */
export interface RewritePreview {
	/** Of the document that was looked at, as the client counts it. */
	readonly version: number;
	readonly title: string;
	/** `Saves 120 MB to 190 MB (estimate: …)`: with its basis and who says so. */
	readonly saving?: string;
	/** Sentences that a person answers yes or no. */
	readonly assumes: readonly string[];
	/** The whole new text. */
	readonly text: string;
	readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
}

/** Client to server: what the images of all Containerfiles below some folders stand on, as Markdown; null where it was cancelled or could not be said. */
export const basesRequest = 'whittle/bases';

/** Of which folders. */
export interface BasesParams {
	/** `file:` URIs. */
	readonly folders: readonly string[];
}

/** Client to server: the range of the instruction that podman was at, its keyword to its last line; null where the document has no such instruction, or is not open. */
export const stepRequest = 'whittle/step';

/** Which instruction of which document. */
export interface StepParams {
	readonly uri: string;
	readonly step: Progress;
}

/** Client to server: what the settings and the nearest `.whittlerc.json` say about how a file is built, open or not. */
export const shapeRequest = 'whittle/buildShape';

/** Of which file. */
export interface ShapeParams {
	readonly uri: string;
}

/** What rules about layers go by, and builds too. What nobody said is absent. */
export interface BuildShape {
	readonly target?: string;
	readonly squash?: false | 'new' | 'all';
	readonly layers?: boolean;
	readonly format?: 'oci' | 'docker';
}

/** A place as the protocol counts it: from 0, the end exclusive. */
export interface TextRange {
	readonly start: { readonly line: number; readonly character: number };
	readonly end: { readonly line: number; readonly character: number };
}
