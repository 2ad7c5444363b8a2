import type { Applicability, Fix, Severity } from '../advice/advice';
import type { Reported } from '../lint/lint';
import { addTotals, type Total, totalSaving } from '../lint/total';
import { untold } from './format/untold';
import type { Look } from './look';

/** What is said about files, in numbers. */
export interface Tally {
	readonly files: number;
	/** Those about which something is said. */
	readonly loudFiles: number;
	/** Places that do not parse, without those that a finding explains. */
	readonly broken: number;
	readonly findings: Readonly<Record<Severity, number>>;
	/** How many findings each kind of repair would see to: the most trusted one counts. */
	readonly repairs: Readonly<Record<Applicability, number>>;
	/** What the findings save together; the bytes of one file are never those of another. */
	readonly saving: Total | undefined;
}

/** The order of severities, the worst first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** That of no file. */
export const emptyTally: Tally = {
	files: 0,
	loudFiles: 0,
	broken: 0,
	findings: { error: 0, warning: 0, info: 0, hint: 0 },
	repairs: { safe: 0, suggested: 0, review: 0 },
	saving: undefined,
};

/** The numbers of one file. */
export function tallyOf({ result }: Pick<Look, 'result'>): Tally {
	const findings = { ...emptyTally.findings };
	const repairs = { ...emptyTally.repairs };
	for (const finding of result.findings) {
		findings[finding.severity]++;
		const best = bestFix(finding);
		if (best) repairs[best.applicability]++;
	}
	const broken = untold(result).length;
	return {
		files: 1,
		loudFiles: broken + result.findings.length > 0 ? 1 : 0,
		broken,
		findings,
		repairs,
		saving: totalSaving(result.findings.flatMap(({ saves }) => saves ?? [])),
	};
}

/** The numbers of other files together. */
export function addTallies(a: Tally, b: Tally): Tally {
	return {
		files: a.files + b.files,
		loudFiles: a.loudFiles + b.loudFiles,
		broken: a.broken + b.broken,
		findings: addRecords(a.findings, b.findings),
		repairs: addRecords(a.repairs, b.repairs),
		saving: addTotals(a.saving, b.saving),
	};
}

/** How many findings there are, of any severity. */
export function findingsIn({ findings }: Tally): number {
	return severities.reduce((sum, severity) => sum + findings[severity], 0);
}

function addRecords<Key extends string>(a: Readonly<Record<Key, number>>, b: Readonly<Record<Key, number>>): Readonly<Record<Key, number>> {
	const sum: Record<Key, number> = { ...a };
	for (const key in sum) sum[key] += b[key];
	return sum;
}

/** `whittle fix` takes the first that is trusted enough. */
function bestFix({ fixes = [] }: Reported): Fix | undefined {
	return fixes.find(({ applicability }) => applicability === 'safe') ?? fixes.find(({ applicability }) => applicability === 'suggested') ?? fixes[0];
}
