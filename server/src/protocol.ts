/** Custom messages between the server and Whittle's own client: types and names only. */

/** Server to client: what the status item shows of a document, after each time it was looked at. */
export const statusNotification = 'whittle/status';

/** Counts of a document's findings and what they save together. */
export interface DocumentStatus {
	readonly uri: string;
	readonly findings: number;
	/** `19 MB to 85 MB`; absent where no finding has a number. */
	readonly saving?: string;
}

/** Client to server: Markdown that explains a rule; null for an unknown one. */
export const explainRequest = 'whittle/explain';

/** Which rule to explain. */
export interface ExplainParams {
	/** The rule's id. */
	readonly rule: string;
}

/** Client to server: every rule that `explain` knows. */
export const rulesRequest = 'whittle/rules';

/** A rule in a pick list. */
export interface RuleInfo {
	readonly id: string;
	readonly title: string;
}
