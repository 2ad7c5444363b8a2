import type { Fix } from '../advice/advice';
import { insertAfter, separator } from '../advice/statements';
import { isCutOff } from '../model/commands/brokenLines';
import { mayHaveErrexit } from '../model/commands/errexit';
import { headOf, plainRoot } from '../model/commands/operation';
import { removedBy } from '../model/commands/removal';
import { cacheSaving, type WrongRootCleaning, wrongRootCleanings } from '../model/packages/caches';
import { isReadLater } from '../model/packages/later';
import type { Model } from '../model/stages/model';
import type { Edit } from '../text/edit';
import type { Rule } from './rule';

/** A package manager cleans the builder's own cache after an install into another root, whose cache ships. */
export const cleanedWrongRoot: Rule = {
	id: 'cleaned-wrong-root',
	title: 'The cleaning misses the other root',
	severity: 'warning',
	concerns: 'image',
	fixable: 'safe',
	docs: {
		why: 'With `--installroot` a package manager keeps its cache, its logs and its lists in that other root. `clean all` without the same option cleans the system that runs the build and removes nothing of what is copied into the image. Even with it the empty cache folders and the logs stay, so they are removed by hand.',
		before: [
			'FROM fedora:40 AS builder',
			'RUN dnf -y --installroot /output --releasever 40 --setopt=install_weak_deps=False --nodocs install glibc-minimal-langpack nginx && \\',
			'    dnf -y clean all',
			'FROM scratch',
			'COPY --from=builder /output /',
			'',
		].join('\n'),
		after: [
			'FROM fedora:40 AS builder',
			'RUN dnf -y --installroot /output --releasever 40 --setopt=install_weak_deps=False --nodocs install glibc-minimal-langpack nginx && \\',
			'    dnf --installroot /output -y clean all && \\',
			'    rm -rf /output/var/cache/dnf /output/var/log/dnf* /output/var/log/hawkey.log',
			'FROM scratch',
			'COPY --from=builder /output /',
			'',
		].join('\n'),
		links: ['https://dnf.readthedocs.io/en/latest/command_ref.html'],
	},
	*check(model) {
		for (const one of wrongRootCleanings(model)) {
			const { filled, cleaning } = one;
			const fix = repair(model, one);
			const saves = cacheSaving(filled);
			yield {
				span: headOf(cleaning),
				message: `this cleans the builder’s own cache; the one that goes into the image is ${filled.paths[0]}`,
				related: [{ span: headOf(filled.operation), message: `installs into ${filled.operation.root}` }],
				redundant: true,
				...(saves ? { saves } : {}),
				...(fix ? { fixes: [fix] } : {}),
				rewrites: ['installroot-complete'],
			};
		}
	},
};

function repair(model: Model, { filled, run, cleaning }: WrongRootCleaning): Fix | undefined {
	const { operation, manager } = filled;
	const { rootOption } = operation;
	const { name, command, prefix, moreArguments } = cleaning.invocation;
	const statement = run.instruction.script?.statements[command.statement];
	if (!name || !rootOption || run.instruction.exec || isCutOff(model.file, run.instruction) || moreArguments || isReadLater(model, filled)) return undefined;
	// The path goes into an `rm -rf`: only one that needs no quotes.
	const root = plainRoot(operation);
	const both = root === undefined ? undefined : manager.repair.appendInRoot?.(root, cleaning.program, rootOption);
	const rest = both?.slice(both.indexOf(' && ') + 4);
	// microdnf refuses another root without options that only an install has.
	if (cleaning.managers.some(({ id }) => id === 'microdnf') || (rest && isReadLater(model, filled, removedBy(rest)))) return undefined;
	if (!rest || !statement || !command.topLevel || command.conditional || statement.kind !== 'simple' || statement.joiner === '&') return undefined;
	// Within the left side of && a failure would not stop a shell that stops at failures.
	const operator = (statement.joiner === ';' || statement.joiner === '\n') && mayHaveErrexit(model.file, run.instruction) ? ';' : '&&';
	const append: Edit = {
		span: { start: command.span.end, end: command.span.end },
		text: `${separator(model.file, run.instruction, command.span.end, operator)}${prefix}${rest}`,
	};
	return { title: `Clean ${root} instead`, applicability: 'safe', edits: [insertAfter(name, rootOption), append] };
}
