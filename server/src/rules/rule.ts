import type { Applicability, Docs, Finding, Severity } from '../advice/advice';
import type { Context } from '../model/context/context';
import type { Model } from '../model/stages/model';

/** One kind of waste. Its file has the name of its id. */
export interface Rule {
	/** Names what is wrong: package-cache-kept. */
	readonly id: string;
	/** A short phrase for lists. */
	readonly title: string;
	readonly severity: Severity;
	/** What it is about: the image that ships, or how it is built. */
	readonly concerns: 'image' | 'build';
	/** The most trusted repair it can offer. */
	readonly fixable: Applicability | 'no';
	readonly docs: Docs;
	/** Ids of hadolint rules that mean the same; their ignore comments are respected. */
	readonly hadolint?: readonly string[];
	/** Yields what it finds; pure, never throws, silent where it would have to guess. */
	check(model: Model, context: Context): Iterable<Finding>;
}
