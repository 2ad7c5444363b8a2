import type { Figure } from './packageManager';
import type { Weights } from './weights';

/** Bytes by which packages weigh more with what they recommend: installed size on a minimal Debian 12. */
const sizes: Readonly<Record<string, number>> = {
	npm: 600_000_000,
	'python3-pip': 363_000_000,
	ffmpeg: 149_000_000,
	imagemagick: 114_000_000,
	'build-essential': 75_000_000,
	'openjdk-17-jre-headless': 54_000_000,
	nodejs: 17_000_000,
	git: 14_000_000,
	wget: 9_000_000,
	gnupg: 6_000_000,
	curl: 4_000_000,
	nginx: 1_000_000,
};

/** The same with who says so. */
export const recommendsSizes: Weights = {
	what: 'what a package recommends, on a minimal Debian 12',
	unit: 1,
	weights: sizes,
	basis: 'catalog',
	source: 'measured on a minimal Debian 12: installed with and without recommended packages, for each package alone',
};

/** At most what the recommended packages of these weigh together; undefined where none of them was measured. What is there already or is named beside them weighs nothing more. */
export function recommendsFigure(names: readonly string[]): Figure | undefined {
	const known = [...new Set(names)].flatMap((name) => sizes[name] ?? []);
	if (known.length === 0) return undefined;
	return {
		atLeast: 0,
		atMost: known.reduce((sum, one) => sum + one, 0),
		basis: recommendsSizes.basis,
		source: recommendsSizes.source,
	};
}
