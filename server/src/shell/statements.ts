import type { CommandNode, ParsedScript, PipelineNode, Statement as ShellStatement } from 'unbash';
import type { Span } from '../text/span';
import { type ShellSource, spanOf } from './parse';
import type { Joiner, Statement } from './script';

/** The members of the script's top-level and-or lists, in their order, with what joins them. */
export function collectStatements(script: ParsedScript, source: ShellSource): readonly Statement[] {
	const result: Statement[] = [];
	script.commands.forEach((statement, index) => {
		const members = membersOf(statement);
		const operators = statement.command.type === 'AndOr' ? statement.command.operators : [];
		members.forEach((member, at) => {
			const span = spanOf(member, source);
			const operator = operators[at];
			const next = operator ? members[at + 1]?.pos : (script.commands[index + 1]?.pos ?? source.masked.length);
			const { joiner, joinerSpan } = joinerOf(operator ?? (statement.background ? '&' : undefined), member.end, next ?? source.masked.length, source);
			result.push({ span, kind: kindOf(member), joiner, joinerSpan });
		});
	});
	return result;
}

/** The pipelines of a statement: one, or those between `&&` and `||`. */
export function membersOf(statement: ShellStatement): readonly PipelineNode[] {
	return statement.command.type === 'AndOr' ? statement.command.commands : [statement.command];
}

function joinerOf(operator: Joiner | undefined, end: number, next: number, source: ShellSource): { joiner: Joiner | undefined; joinerSpan: Span | undefined } {
	const between = source.masked.slice(end, next);
	const joiner: Joiner | undefined = operator ?? (/^(?:\\\n|[ \t])*;/.test(between) ? ';' : between.includes('\n') && next < source.masked.length ? '\n' : undefined);
	const at = joiner ? between.indexOf(joiner) : -1;
	if (!joiner || at < 0) return { joiner: undefined, joinerSpan: undefined };
	return { joiner, joinerSpan: spanOf({ pos: end + at, end: end + at + joiner.length }, source) };
}

function kindOf(member: PipelineNode | CommandNode): Statement['kind'] {
	if (member.type === 'Command') return 'simple';
	if (member.type === 'Pipeline') return 'pipeline';
	return member.type === 'Function' ? 'function' : 'compound';
}
