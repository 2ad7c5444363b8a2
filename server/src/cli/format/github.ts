import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Severity } from '../../advice/advice';
import { describeRange } from '../../lint/total';
import type { Span } from '../../text/span';
import { type Look, placeOf } from '../look';
import { slashed } from '../paths';
import type { Format } from './format';
import { untold } from './untold';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/** Workflow commands, which GitHub shows as annotations beside the lines. */
export const githubFormat: Format = {
	piece: (look) =>
		[
			...untold(look.result).map(({ message, span }) => annotation('error', look, span, 'does not parse', message)),
			...look.result.findings.map(({ severity, rule, message, span, saves }) =>
				annotation(commands[severity], look, span, rule, saves ? `${message}\nSaves ${describeRange(saves.atLeast, saves.atMost)}.` : message),
			),
		]
			.map((line) => `${line}\n`)
			.join(''),
	report: () => ({
		start: () => '',
		next: (piece) => piece,
		end: (_tally, refusals) => refusals.map((sentence) => `::error title=Whittle::${escapeData(sentence)}\n`),
	}),
};

/** Columns are only understood where the place is on one line. */
function annotation(command: string, look: Look, span: Span, title: string, message: string): string {
	const { line, column, endLine, endColumn } = placeOf(look, span);
	const properties = { file: nameOf(look.file), line, endLine, ...(line === endLine ? { col: column, endColumn } : {}), title: `Whittle: ${title}` };
	const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
	return `::${command} ${written.join(',')}::${escapeData(message)}`;
}

/** GitHub names files from the checkout, which need not be the current folder. */
function nameOf(file: string): string {
	const checkout = process.env['GITHUB_WORKSPACE'];
	const way = checkout ? relative(checkout, resolve(file)) : '..';
	return way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? slashed(file) : way.split(sep).join('/');
}

function escapeData(text: string): string {
	return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
	return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
