import type { Containerfile, Instruction } from '../syntax/containerfile';
import { unquote } from '../syntax/words';
import type { Edit } from '../text/edit';
import type { Word } from '../text/span';

/** A word that means to a program what it means to a shell: no variable, pattern, operator or escape; quotes only hold it together. */
const plain = /^(?:[\w@%+=:,./-]|"[^"$`\\!\n]*"|'[^'\\\n]*')+$/;

/** What only a shell does: commands of its own, and names that it reads before all else. */
const ofShell =
	/^(?:\.|:|alias|bg|break|case|cd|command|continue|declare|do|done|elif|else|esac|eval|exec|exit|export|fg|fi|for|function|if|jobs|let|local|read|readonly|return|select|set|shift|source|then|time|times|trap|type|ulimit|umask|unset|until|wait|while|(?:.*\/)?(?:ba|da|a|z|k)?sh)$/;

/** Programs of a system, which are not there where no shell is. */
const ofSystem =
	/^(?:\[|awk|basename|cat|chmod|chown|cp|curl|cut|date|dirname|echo|env|envsubst|expr|false|find|grep|gosu|head|id|kill|ln|ls|mkdir|mv|nc|nice|nohup|pgrep|pidof|printenv|printf|ps|pwd|rm|sed|seq|sleep|sort|stat|su|sudo|tail|tee|test|timeout|touch|tr|true|uname|wc|wget|which|xargs|yes)$/;

/**
 * The edits that write CMD, ENTRYPOINT or the CMD of a HEALTHCHECK as a JSON array: word by word, so that lines and comments stay. Undefined where a shell does
 * more for it than to take words apart.
 */
export function execForm({ text }: Containerfile, { keyword, words }: Instruction): readonly Edit[] | undefined {
	const command = keyword === 'HEALTHCHECK' ? words.slice(1) : words;
	const [first] = command;
	if (!first) return undefined;
	if (first.text.startsWith('[')) return singleQuoted(text, command);
	const values = command.map((word) => (plain.test(word.text) ? unquote(word.text) : undefined));
	const [program] = values;
	if (values.includes(undefined) || !program || /[\s["']/.test(program) || ofShell.test(program) || ofSystem.test(program) || /^\w+\+?=/.test(first.text)) return undefined;
	return command.map(({ span }, index) => ({
		span,
		text: `${index === 0 ? '[' : ''}${JSON.stringify(values[index])}${index === command.length - 1 ? ']' : ','}`,
	}));
}

/** `['a', 'b']`, which is meant to be an array. */
function singleQuoted(text: string, words: readonly Word[]): readonly Edit[] | undefined {
	const [start, end] = [words[0]?.span.start ?? 0, words.at(-1)?.span.end ?? 0];
	const written = text.slice(start, end);
	if (!/^\[[ \t]*'[^'"\\$\n]+'(?:[ \t]*,[ \t]*'[^'"\\$\n]*')*[ \t]*\]$/.test(written)) return undefined;
	return [...written.matchAll(/'/g)].map(({ index }) => ({ span: { start: start + index, end: start + index + 1 }, text: '"' }));
}
