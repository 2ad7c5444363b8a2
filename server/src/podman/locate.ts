import { parseContainerfile } from '../syntax/parse';
import type { Span } from '../text/span';
import type { Progress } from './events';

/**
 * The place of the instruction that podman is at; undefined where the text has none such, because it is another one than was built.
 * Podman counts the stages that it skips, but no ARG before the first FROM. What a base image has put in with ONBUILD is counted behind FROM, and is found there.
 */
export function locate(text: string, { stage, instruction, of }: Progress): Span | undefined {
	const { stages } = parseContainerfile(text);
	const found = stages[(stage?.number ?? 1) - 1];
	if (!found) return undefined;
	const own = [found.from, ...found.instructions];
	const added = instruction === 1 ? 0 : of - own.length;
	if (added < 0) return undefined;
	return own[instruction <= 1 + added ? 0 : instruction - 1 - added]?.span;
}
