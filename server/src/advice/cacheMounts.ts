import type { Invocation } from '../model/commands/invocation';
import type { Operation, Option } from '../model/commands/operation';
import type { Run } from '../model/stages/model';
import type { Containerfile, Flag } from '../syntax/containerfile';
import { literal } from '../text/literal';
import type { Word } from '../text/span';
import type { Fix } from './advice';
import { removeStatement } from './removeStatement';
import { removeWords } from './removeWords';
import { insertAfter } from './statements';

/** Replaces a text that a flag has once; undefined where it stands there more often or not as it is. */
function replaceInFlag({ text }: Containerfile, { span }: Flag, old: RegExp, by: string): Fix['edits'] | undefined {
	const written = text.slice(span.start, span.end);
	const places = [...written.matchAll(new RegExp(old, 'g'))];
	const [place] = places;
	return place && places.length === 1 ? [{ span: { start: span.start + place.index, end: span.start + place.index + place[0].length }, text: by }] : undefined;
}

/** `sharing=locked` for `sharing=private`, which podman refuses: one build waits for the other instead of taking a mount of its own. */
export function withSharingLocked(file: Containerfile, flag: Flag): Fix | undefined {
	const edits = replaceInFlag(file, flag, /(?<=sharing=["']?)private/, 'locked');
	return edits && { title: 'Use sharing=locked', applicability: 'safe', edits };
}

/** Takes away an option that switches the cache off. */
export function keepsCache(file: Containerfile, run: Run, { invocation, program }: Operation, option: Option): Fix | undefined {
	const { command } = invocation;
	const edits = run.instruction.exec || !run.instruction.script ? undefined : removeWords(file, run.instruction, command.words, option.words);
	// apk looks into a mount only where its cache folder is told to be there.
	return edits && { title: `Remove ${option.name}`, applicability: program === 'apk' ? 'review' : 'suggested', edits };
}

/** Takes away the command that empties a mount, or those of its words that do. */
export function stopsEmptying(file: Containerfile, run: Run, { command, args }: Invocation, words: readonly Word[]): Fix | undefined {
	const isAll = words.length === 0 || args.every((word) => word.text.startsWith('-') || words.includes(word));
	if (run.instruction.exec || !run.instruction.script) return undefined;
	const whole = isAll ? removeStatement(file, run.instruction, command) : undefined;
	const edits = isAll ? whole && [whole] : removeWords(file, run.instruction, command.words, words);
	const title = `Do not ${isAll ? file.text.slice(command.span.start, command.span.end).replace(/\s+/g, ' ') : `remove ${words.map(({ text }) => text).join(' ')}`}`;
	return edits && { title, applicability: 'suggested', edits };
}

/** Mounts at another place. `more`: fields that the mount needs there and does not have. */
export function mountTarget(file: Containerfile, flag: Flag, target: string, place: string, more: Readonly<Record<string, string>>): Fix | undefined {
	const fields = Object.entries(more).flatMap(([name, value]) => (new RegExp(`[,=]${name}=`).test(flag.value ?? '') ? [] : [`,${name}=${value}`]));
	const edits = replaceInFlag(file, flag, new RegExp(`(?<==["']?)${literal(target)}/?(?=["',]|$)`), place + fields.join(''));
	return edits && { title: `Mount ${place}`, applicability: 'suggested', edits };
}

/** Tells dnf 4 to keep the cache of another root where the mount is: a folder that the command line names is the host's (dnf.conf(5), cachedir). */
export function withCacheOfHost({ instruction }: Run, { managers, verb }: Operation, target: string): Fix | undefined {
	const word = verb.at(-1);
	if (managers[0]?.id !== 'dnf4' || !word || instruction.exec || !instruction.script) return undefined;
	return { title: `Keep the cache in ${target}`, applicability: 'review', edits: [insertAfter(word, `--setopt=cachedir=${target}`)] };
}

const withoutHook = 'rm -f /etc/apt/apt.conf.d/docker-clean && echo \'Binary::apt::APT::Keep-Downloaded-Packages "true";\' > /etc/apt/apt.conf.d/keep-cache && ';

/** Removes the hook before the RUN's first command, as the reference of Dockerfiles does it; what a later RUN without a mount installs keeps its packages then. */
export function clearOfAptHook(file: Containerfile, run: Run, { invocation }: Operation): Fix | undefined {
	const { script, exec } = run.instruction;
	const first = script?.statements[0];
	if (!first || exec || invocation.prefix !== '' || /sudo/.test(run.text) || file.text.charAt(first.span.start) === '#') return undefined;
	return { title: 'Remove the docker-clean hook first', applicability: 'review', edits: [{ span: { start: first.span.start, end: first.span.start }, text: withoutHook }] };
}
