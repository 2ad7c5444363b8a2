import { forEachChild, type ParsedScript, type Redirection, type Command as ShellCommand, type SyntaxNode } from 'unbash';
import { type ShellSource, spanOf, wordOf } from './parse';
import type { Assignment, Command, Loop, Redirect, Script, Statement } from './script';
import { membersOf } from './statements';

/** Where a command stands: see `Command`. */
interface Place {
	readonly statement: number;
	readonly topLevel: boolean;
	readonly conditional: boolean;
	readonly substituted: boolean;
}

const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset', 'read', 'unset']);

/** Every simple command of a script, in the order of their places, the names that the script assigns, and those of its functions and loops, which are among them. */
export function collectCommands(script: ParsedScript, source: ShellSource, statements: readonly Statement[]): Pick<Script, 'commands' | 'assigns' | 'functions' | 'loops'> {
	const commands: Command[] = [];
	const assigns: string[] = [];
	const functions: string[] = [];
	const loops: Loop[] = [];

	const visit = (node: SyntaxNode, place: Place): void => {
		switch (node.type) {
			case 'Command':
				commands.push(commandOf(node, place, source));
				if (!node.name) assigns.push(...node.prefix.flatMap((item) => (item.type === 'Assignment' ? [item.name] : [])));
				else if (declaring.has(node.name.value)) assigns.push(...node.args.map((arg) => (arg.type === 'Assignment' ? arg.name : arg.value)));
				// Only a substitution holds further commands; looking into every word of every command would cost the most of the whole walk.
				if (/\$\(|`|[<>]\(/.test(source.masked.slice(node.pos, node.end))) forEachChild(node, (child) => visit(child, { ...place, topLevel: false }));
				return;
			case 'CommandExpansion':
			case 'ProcessSubstitution':
				// A backquoted script with escapes has positions of its own text, not of the file.
				if (node.script && node.script.source === undefined) forEachChild(node.script, (child) => visit(child, { ...place, topLevel: false, substituted: true }));
				return;
			case 'AndOr':
				node.commands.forEach((member, index) => {
					visit(member, { ...place, conditional: place.conditional || node.operators[index - 1] === '||' });
				});
				return;
			case 'If':
				visit(node.clause, { ...place, topLevel: false });
				for (const branch of [node.then, ...node.elif, node.else]) if (branch) visit(branch, { ...place, topLevel: false, conditional: true });
				return;
			case 'For':
			case 'Select':
				assigns.push(node.name.value);
				loops.push({ name: node.name.value, words: node.wordlist?.map((word) => wordOf(word, source)), body: spanOf(node.body, source) });
				break;
			case 'Function':
				assigns.push(node.name.value);
				functions.push(node.name.value);
				break;
			default:
		}
		const maybe = node.type === 'For' || node.type === 'Select' || node.type === 'While' || node.type === 'Case' || node.type === 'Function' || node.type === 'ArithmeticFor';
		forEachChild(node, (child) => visit(child, { ...place, topLevel: false, conditional: place.conditional || maybe }));
	};

	let at = 0;
	for (const statement of script.commands) {
		const operators = statement.command.type === 'AndOr' ? statement.command.operators : [];
		membersOf(statement).forEach((member, index) => {
			visit(member, { statement: Math.min(at, statements.length - 1), topLevel: member.type === 'Command', conditional: operators[index - 1] === '||', substituted: false });
			at++;
		});
	}
	commands.sort((a, b) => a.span.start - b.span.start);
	return { commands, assigns, functions, loops };
}

function commandOf(node: ShellCommand, place: Place, source: ShellSource): Command {
	const args = node.args.map((arg) => (arg.type === 'Word' ? wordOf(arg, source) : assignmentWord(arg, source)));
	return {
		span: spanOf(node, source),
		words: node.name ? [wordOf(node.name, source), ...args] : [],
		assignments: node.prefix.flatMap((item) => (item.type === 'Assignment' ? [assignmentOf(item, source)] : [])),
		redirects: node.redirects.map((redirect) => redirectOf(redirect, source)),
		...place,
	};
}

type ShellAssignment = Extract<ShellCommand['prefix'][number], { type: 'Assignment' }>;

function assignmentOf(node: ShellAssignment, source: ShellSource): Assignment {
	const value = node.value.type === 'Word' && !node.append && !node.index ? wordOf(node.value, source).value : undefined;
	return { name: node.name, span: spanOf(node, source), value };
}

function assignmentWord(node: ShellAssignment, source: ShellSource): Command['words'][number] {
	const { name, span, value } = assignmentOf(node, source);
	return { span, text: source.quoted ? node.text : source.file.slice(span.start, span.end), value: value === undefined ? undefined : `${name}=${value}` };
}

function redirectOf(node: Redirection, source: ShellSource): Redirect {
	const span = spanOf(node, source);
	if (node.type === 'HereDoc') return { operator: node.operator, span, target: undefined, body: spanOf(node.body, source) };
	return { operator: node.operator, span, target: node.target ? wordOf(node.target, source) : undefined };
}
