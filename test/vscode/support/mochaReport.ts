/** What the suite in the extension host writes when it is through: titles of what passed and was skipped, and what failed with its stack. */
export interface MochaReport {
	readonly passed: readonly string[];
	readonly skipped: readonly string[];
	readonly failed: readonly { readonly title: string; readonly error: string }[];
}

/** The environment variable that names the file the report is written to. */
export const reportVariable = 'WHITTLE_SUITE_REPORT';

/** The environment variable that says whether the workspace is trusted: `asked` (nobody said yes) or `given`. */
export const trustVariable = 'WHITTLE_SUITE_TRUST';
