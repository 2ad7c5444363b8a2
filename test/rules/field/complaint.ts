/** Something that another tool gets wrong, or does not see, on a small file, and what Whittle says and does there. */
export interface Complaint {
	/** Who got it wrong; the versions that were tried are those of autumn 2026. */
	readonly tool: string;
	/** What Whittle does instead, as a sentence without its subject. */
	readonly case: string;
	readonly text: string;
	/** The rules that find something, in the order of their first places, a blank between. */
	readonly says: string;
	/** The lines that the safe repairs replace, and what by; absent where they leave the text as it is. */
	readonly safe?: readonly [before: string, after: string];
	/** The same for the suggested repairs, on the text with the safe ones. */
	readonly suggested?: readonly [before: string, after: string];
}
