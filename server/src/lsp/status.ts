import { describeRange, totalSaving } from '../lint/total';
import type { DocumentStatus } from '../protocol';
import type { Analysis } from './analysis';

/** What the status item says of a document; hints are not counted, as no list of problems shows them. */
export function statusOf({ document, result }: Analysis): DocumentStatus {
	const total = totalSaving(result.findings.flatMap((finding) => (finding.saves ? [finding.saves] : [])));
	return {
		uri: document.uri,
		findings: result.findings.filter(({ severity }) => severity !== 'hint').length,
		...(total ? { saving: describeRange(total.atLeast, total.atMost) } : {}),
	};
}
