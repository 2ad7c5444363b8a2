import type { Containerfile } from '../../syntax/containerfile';
import type { Act } from './acts';
import { unique } from './words';

/** What the file sets for its installations alone, as words of `export`: `ACCEPT_EULA=Y dnf install …`, or by an `export` before. Undefined where it is not known before the build. */
export function environmentOf({ text }: Containerfile, acts: readonly Act[]): readonly string[] | undefined {
	const words: string[] = [];
	for (const act of acts) {
		if (act.kind !== 'package' || act.act.kind !== 'install') continue;
		const { invocations, instruction } = act.run;
		for (const { program, name, args, command } of invocations) {
			const isInstall = command.span.start >= act.span.start && command.span.end <= act.span.end;
			if (isInstall) {
				words.push(...command.assignments.map(({ span }) => text.slice(span.start, span.end)));
				if (name) words.push(...command.words.slice(0, command.words.indexOf(name)).flatMap((word) => (/^\w+=/.test(word.text) ? [word.text] : [])));
			} else if (program === 'export' && command.topLevel && command.span.start < act.span.start)
				words.push(...args.flatMap((word) => (/^\w+=/.test(word.text) && !/^PATH=/.test(word.text) ? [word.text] : [])));
		}
		if (words.some((word) => instruction.script?.assigns.some((name) => new RegExp(`\\$\\{?${name}\\b`).test(word)) || /\$\(|`/.test(word))) return undefined;
	}
	return unique(words.filter((word) => !/^(?:LANG|LC_\w+)=/.test(word)));
}
