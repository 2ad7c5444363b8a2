import { parseShell } from '../../server/src/shell/parse';
import type { Containerfile } from '../../server/src/syntax/containerfile';
import { shellText } from './shellText';

/** What a text says with its here-documents, as the shell reads it that a builder hands it to. */
interface Reading {
	/** Each with the program or instruction that reads it and its delimiter, in their order. */
	readonly owners: readonly string[];
	/** Lines of the bodies, blanks around them aside. */
	readonly lines: ReadonlySet<string>;
	/** The instructions, and the commands that are run. */
	readonly commands: readonly string[];
}

function read(file: Containerfile): Reading {
	const owners: string[] = [];
	const bodies: string[] = [];
	const commands: string[] = [];
	for (const instruction of file.instructions) {
		const { keyword, heredocs, bare, span } = instruction;
		commands.push(file.text.slice(span.start, span.end).trim());
		if (bare !== false || keyword !== 'RUN') owners.push(...heredocs.map(({ delimiter }) => `${keyword} ${delimiter}`));
		// The lines of a script are commands anyway.
		if (!bare) bodies.push(...heredocs.map(({ body }) => file.text.slice(body.start, body.end)));
		const text = shellText(file, instruction);
		if (text === undefined) continue;
		for (const command of parseShell(text, 0, text).commands) {
			const [first] = command.words;
			commands.push(text.slice(command.span.start, command.words.at(-1)?.span.end ?? command.span.end).trim());
			for (const { body, span: place } of command.redirects) {
				if (!body) continue;
				owners.push(`${first?.text ?? ''} ${/<<-?\s*["']?([^\s"';&|<>()]+)/.exec(text.slice(place.start))?.[1] ?? ''}`);
				bodies.push(text.slice(body.start, body.end));
			}
		}
	}
	return { owners, lines: new Set(bodies.flatMap((body) => body.split('\n').map((line) => line.trim()))), commands };
}

/** The here-document that another command reads after a repair, or the line of one that has become a command; undefined where there is none. */
export function strayHeredoc(before: Containerfile, after: Containerfile): string | undefined {
	if (!before.text.includes('<<')) return undefined;
	const [old, now] = [read(before), read(after)];
	let at = 0;
	for (const owner of now.owners) {
		at = old.owners.indexOf(owner, at) + 1;
		if (at === 0) return `another command reads a here-document: ${owner}`;
	}
	const known = [...old.commands];
	for (const command of now.commands) {
		const place = known.indexOf(command);
		if (place >= 0) known.splice(place, 1);
		else if (old.lines.has(command)) return `a line of a here-document is a command: ${command}`;
	}
	return undefined;
}
