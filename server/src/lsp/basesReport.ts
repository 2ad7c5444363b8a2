import { dirname, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { CancellationToken } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { findContainerfiles } from '../disk/find';
import { readContainerfile } from '../disk/read';
import { isRefusal } from '../disk/refusal';
import { analyze } from '../lint/analyze';
import { baseUseOf, countBases } from '../lint/bases';
import { describeBases } from '../lint/basesText';
import { type Config, plainContext } from '../lint/config';
import { pathOf } from './places';

/** What a report needs beside the folders. */
export interface BasesSources {
	/** The configuration of a file. */
	readonly configurationOf: (uri: string) => Promise<Config>;
	/** The text of a file as it is in the editor; undefined for one that is not open. */
	readonly openText: (path: string) => string | undefined;
}

/** The texts of open documents by their paths: editors spell addresses in their own ways. */
export function openTexts(documents: readonly TextDocument[]): (path: string) => string | undefined {
	const open = new Map(documents.map((document) => [pathOf(document.uri), document]));
	return (path) => open.get(path)?.getText();
}

/** How long other requests may have to wait, in milliseconds. */
const turn = 20;

/** What the images of all Containerfiles of some folders stand on, as Markdown; undefined where somebody cancelled. Nothing is run, and other requests are answered meanwhile. */
export async function basesReport(folders: readonly string[], sources: BasesSources, token: CancellationToken): Promise<string | undefined> {
	const bases = countBases();
	const refusals: string[] = [];
	let known: { readonly folder: string; readonly config: Config } | undefined;
	let last = performance.now();
	for (const root of folders) {
		for (const path of findContainerfiles(root)) {
			if (performance.now() - last > turn) {
				await setImmediate();
				if (token.isCancellationRequested) return undefined;
				last = performance.now();
			}
			if (isRefusal(path)) {
				refusals.push(path.because);
				continue;
			}
			const text = sources.openText(path) ?? readContainerfile(path);
			if (isRefusal(text)) {
				refusals.push(text.because);
				continue;
			}
			// Settings are those of a folder; files come folder by folder.
			if (known?.folder !== dirname(path)) known = { folder: dirname(path), config: await sources.configurationOf(pathToFileURL(path).href) };
			const use = baseUseOf(analyze(text, plainContext(known.config)));
			if (use) bases.add(folders.length > 1 ? path : relative(root, path), use);
		}
	}
	return markdown(describeBases(bases.report()), refusals);
}

function markdown(parts: ReturnType<typeof describeBases>, refusals: readonly string[]): string {
	const body = parts.map((part) => {
		if ('heading' in part) return `## ${part.heading}`;
		if ('sentence' in part) return escaped(part.sentence);
		const [head = [], ...rows] = part.rows;
		const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
		return [line(head.map(asTitle)), `| ${head.map((_cell, column) => (column === 0 ? '--:' : '---')).join(' | ')} |`, ...rows.map(line)].join('\n');
	});
	const unread =
		refusals.length === 0
			? []
			: ['## Not looked at', ...refusals.slice(0, 20).map((because) => `- ${escaped(because)}`), ...(refusals.length > 20 ? [`and ${refusals.length - 20} more`] : [])];
	return `${['# Bases in this workspace', ...body, ...unread].join('\n\n')}\n`;
}

function asTitle(word: string): string {
	return word.charAt(0) + word.slice(1).toLowerCase();
}

/** Names come from files that anybody may have written: none of them may become markup. */
function escaped(text: string): string {
	return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]<>#|~$&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
