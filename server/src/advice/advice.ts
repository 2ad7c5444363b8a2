import type { Edit } from '../text/edit';
import type { Span } from '../text/span';

/**
 * How far a repair may be trusted.
 * - `safe`: what the image does, and what every later step of every stage built on it sees, stays the same; only package-manager caches,
 *   indexes and logs that nothing reads later vanish. Applied by `fix`, fix-all, and on save where the user asked for that.
 * - `suggested`: almost always wanted, but something may have relied on what goes away (recommended packages, documentation). One click.
 * - `review`: changes how the image is built (another base, other stages). A person looks first; never applied by `fix`.
 */
export type Applicability = 'safe' | 'suggested' | 'review';

/** Error: the file does not build. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** A change of another file, named by its path relative to the Containerfile's folder; `text` is its whole new content. */
export interface FileChange {
	readonly path: string;
	readonly text: string;
}

/** A repair: edits of the Containerfile, and of files beside it. */
export interface Fix {
	readonly title: string;
	readonly applicability: Applicability;
	readonly edits: readonly Edit[];
	readonly files?: readonly FileChange[];
}

/** Where a number comes from: a build that was weighed, a published or measured figure in the catalogue, or an estimate. */
export type Basis = 'measured' | 'catalog' | 'guess';

/** What a repair saves, in bytes of the unpacked image. */
export interface Saving {
	/** Which bytes: findings that mean the same bytes share it, so that totals count them once. */
	readonly of: string;
	readonly atLeast: number;
	readonly atMost: number;
	readonly basis: Basis;
	/** Who measured or published it, in words. */
	readonly source: string;
}

/** What a rule explains; `before` and `after` are run as its first test. */
export interface Docs {
	/** Markdown, a paragraph or two. */
	readonly why: string;
	/** A Containerfile in which the rule finds something. */
	readonly before: string;
	/** The same after its first fix; absent where there is none. */
	readonly after?: string;
	readonly links?: readonly string[];
}

/** Another place that explains a finding. */
export interface Related {
	readonly span: Span;
	readonly message: string;
}

/** What a rule says about a place. */
export interface Finding {
	readonly span: Span;
	/** What is wrong and what it costs, one sentence without markup. */
	readonly message: string;
	/** Only where it differs from the rule's own. */
	readonly severity?: Severity;
	readonly saves?: Saving;
	readonly related?: readonly Related[];
	/** Alternatives, best first. */
	readonly fixes?: readonly Fix[];
	/** Ids of rewrites that would cure it; those that cannot be made of the file are left out of what is reported. */
	readonly rewrites?: readonly string[];
	/** The commands at `span` do nothing and can go: editors fade them. */
	readonly redundant?: boolean;
}

const order: readonly Applicability[] = ['safe', 'suggested', 'review'];

/** Whether a fix is trusted at least as much as asked for. */
export function trusted(fix: Fix, upTo: Applicability): boolean {
	return order.indexOf(fix.applicability) <= order.indexOf(upTo);
}
