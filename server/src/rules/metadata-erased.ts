import type { Fix } from '../advice/advice';
import { removeStatement } from '../advice/removeStatement';
import { removeWords } from '../advice/removeWords';
import { isCutOff } from '../model/commands/brokenLines';
import { type Erasure, erasures } from '../model/files/erasedMetadata';
import type { Model } from '../model/stages/model';
import type { Rule } from './rule';

/** The list of what is in the image is removed with the waste. */
export const metadataErased: Rule = {
	id: 'metadata-erased',
	title: 'What scanners read of the image is removed',
	severity: 'warning',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'The database of rpm, dpkg or apk and `os-release` say which packages an image has. Scanners read them: without them they find no package and so no vulnerability of one, and nobody can prove what was shipped. A few megabytes are a high price for that. Caches, logs, lists of what could be installed and backup copies (`/var/lib/dpkg/*-old`) may go; so may the package manager itself.',
		before: [
			'FROM almalinux:9 AS builder',
			'RUN dnf -y --installroot /output --releasever 9 --setopt=install_weak_deps=False --nodocs install glibc-minimal-langpack nginx && \\',
			'    rm -rf /output/var/cache/dnf /output/var/lib/rpm',
			'FROM scratch',
			'COPY --from=builder /output /',
			'',
		].join('\n'),
		after: [
			'FROM almalinux:9 AS builder',
			'RUN dnf -y --installroot /output --releasever 9 --setopt=install_weak_deps=False --nodocs install glibc-minimal-langpack nginx && \\',
			'    rm -rf /output/var/cache/dnf',
			'FROM scratch',
			'COPY --from=builder /output /',
			'',
		].join('\n'),
		links: ['https://trivy.dev/latest/docs/coverage/os/'],
	},
	*check(model) {
		for (const erasure of erasures(model)) {
			const [first, ...others] = erasure.erased;
			if (!first) continue;
			const what = [...new Set(erasure.erased.map(({ metadata }) => metadata.what))].join(' and ');
			const fix = repair(model, erasure);
			yield {
				span: first.word.span,
				message: `this removes ${what}: ${first.metadata.loss}`,
				related: others.map(({ word, metadata }) => ({ span: word.span, message: `${metadata.what}, too` })),
				...(fix ? { fixes: [fix] } : {}),
			};
		}
	},
};

function repair({ file }: Model, { run, invocation, erased, others }: Erasure): Fix | undefined {
	const { instruction } = run;
	if (instruction.exec || isCutOff(file, instruction)) return undefined;
	const words = erased.map(({ word }) => word);
	if (others.length > 0) {
		const edits = removeWords(file, instruction, invocation.command.words, words);
		return edits && { title: `Keep ${words.map(({ text }) => text).join(' and ')}`, applicability: 'suggested', edits };
	}
	const { command } = invocation;
	const edit = command.redirects.length === 0 ? removeStatement(file, instruction, command) : undefined;
	return edit && { title: `Keep ${words.map(({ text }) => text).join(' and ')}`, applicability: 'suggested', edits: [edit] };
}
