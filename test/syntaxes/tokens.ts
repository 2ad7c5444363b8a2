import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar, type IRawGrammar, type StateStack } from 'vscode-textmate';

/** The injection grammar. */
export const injectionPath = join(import.meta.dirname, '../../syntaxes/containerfile-shell.injection.tmLanguage.json');

/** One token of a line: its text and its scopes, outermost first. */
export interface Token {
	readonly text: string;
	readonly scopes: readonly string[];
}

/** The tokens of every line of a text, and how deep the stack of open rules is behind each line (1: nothing is open). */
export interface Tokens {
	readonly lines: readonly (readonly Token[])[];
	readonly depths: readonly number[];
}

/** Where the grammars come from that ours is injected into and includes. */
export interface BuiltIn {
	readonly name: string;
	readonly dockerfile: IRawGrammar;
	readonly shell: IRawGrammar;
}

/** The scopes of the first token of a line (from 1) that holds the text, joined by blanks; throws where the line has none. */
export function scopesAt(tokens: Tokens, line: number, text: string): string {
	const found = tokens.lines[line - 1]?.find((token) => token.text.includes(text));
	if (!found) throw new Error(`Line ${line} has no token with ${JSON.stringify(text)}: ${JSON.stringify(tokens.lines[line - 1]?.map((token) => token.text))}`);
	return found.scopes.join(' ');
}

/** Loads built-in grammars with ours injected, and returns what tokenizes a whole text. */
export async function tokenizer(builtIn: BuiltIn): Promise<(text: string) => Tokens> {
	const registry = new textmate.Registry({
		onigLib: onigLib(),
		loadGrammar: async (scope) => {
			if (scope === 'source.dockerfile') return builtIn.dockerfile;
			if (scope === 'source.shell') return builtIn.shell;
			return scope === injectionScope ? readGrammar(injectionPath) : null;
		},
		getInjections: (scope) => (scope === 'source.dockerfile' ? [injectionScope] : undefined),
	});
	const grammar = await registry.loadGrammar('source.dockerfile');
	if (!grammar) throw new Error('The docker grammar could not be loaded.');
	return (text) => tokenize(grammar, text);
}

/**
 * A stand-in for VS Code's docker grammar, which is not in the repository: our own text, with the scope names, the order and the
 * begin/end structure of that one (keywords at the start of a line, strings that run on until their quote, comments).
 */
export const standIn: BuiltIn = { name: 'stand-in', dockerfile: dockerfileStandIn(), shell: shellStandIn() };

/** What every test runs on: the stand-in, and the grammars of each VS Code in this project's download cache (see scripts/editor/install.mjs). */
export function builtIns(): readonly BuiltIn[] {
	const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'whittle');
	const editors = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('vscode-') && !name.includes('.unfinished-')) : [];
	return [standIn, ...editors.flatMap((name) => readBuiltIn(name, join(cache, name, 'node_modules/code-server/lib/vscode/extensions')))];
}

const injectionScope = 'whittle.containerfile.injection';

function tokenize(grammar: IGrammar, text: string): Tokens {
	const lines: Token[][] = [];
	const depths: number[] = [];
	let state: StateStack = textmate.INITIAL;
	for (const line of text.split('\n')) {
		const result = grammar.tokenizeLine(line, state);
		lines.push(result.tokens.map((token) => ({ text: line.slice(token.startIndex, token.endIndex), scopes: token.scopes })).filter((token) => token.text !== ''));
		depths.push(result.ruleStack.depth);
		state = result.ruleStack;
	}
	return { lines, depths };
}

let loaded: Promise<textmate.IOnigLib> | undefined;

function onigLib(): Promise<textmate.IOnigLib> {
	loaded ??= loadOniguruma();
	return loaded;
}

async function loadOniguruma(): Promise<textmate.IOnigLib> {
	const wasm = readFileSync(join(dirname(createRequire(import.meta.url).resolve('vscode-oniguruma')), 'onig.wasm'));
	await oniguruma.loadWASM(wasm);
	return { createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns), createOnigString: (text) => new oniguruma.OnigString(text) };
}

function readGrammar(path: string): IRawGrammar {
	return textmate.parseRawGrammar(readFileSync(path, 'utf8'), path);
}

function readBuiltIn(name: string, extensions: string): BuiltIn[] {
	const [docker, shell] = [join(extensions, 'docker/syntaxes/docker.tmLanguage.json'), join(extensions, 'shellscript/syntaxes/shell-unix-bash.tmLanguage.json')];
	return existsSync(docker) && existsSync(shell) ? [{ name, dockerfile: readGrammar(docker), shell: readGrammar(shell) }] : [];
}

function dockerfileStandIn(): IRawGrammar {
	const keywords = 'ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR';
	const keyword = { '1': { name: 'keyword.control.dockerfile' }, '2': { name: 'keyword.other.special-method.dockerfile' } };
	const string = (quote: string, name: string) => ({ begin: quote, end: quote, name, patterns: [{ include: '#escape' }] });
	return raw({
		scopeName: 'source.dockerfile',
		patterns: [
			{
				match: '^\\s*(?i:(FROM))\\s.*?\\s(?i:(AS))\\s',
				captures: { '1': { name: 'keyword.other.special-method.dockerfile' }, '2': { name: 'keyword.other.special-method.dockerfile' } },
			},
			{ match: `^\\s*(?i:(ONBUILD)\\s+)?(?i:(${keywords}))\\s`, captures: keyword },
			{ include: '#escape' },
			string('"', 'string.quoted.double.dockerfile'),
			string("'", 'string.quoted.single.dockerfile'),
			{ match: '^\\s*((#).*\\n?)', captures: { '1': { name: 'comment.line.number-sign.dockerfile' }, '2': { name: 'punctuation.definition.comment.dockerfile' } } },
		],
		repository: { escape: { match: '\\\\.', name: 'constant.character.escaped.dockerfile' } },
	});
}

/** Strings and comments that run on over lines: what could leak out of a script. */
function shellStandIn(): IRawGrammar {
	return raw({
		scopeName: 'source.shell',
		patterns: [
			{ match: '(?<!\\S)#.*', name: 'comment.line.number-sign.shell' },
			{ begin: '"', end: '"', name: 'string.quoted.double.shell' },
			{ begin: "'", end: "'", name: 'string.quoted.single.shell' },
			{ begin: '\\(', end: '\\)', name: 'meta.scope.subshell', patterns: [{ include: '$self' }] },
			{ match: '(?:^|(?<=&&)|(?<=;))[ \\t]*([\\w./-]+)', captures: { '1': { name: 'entity.name.function.call.shell entity.name.command.shell' } } },
		],
	});
}

function raw(grammar: object): IRawGrammar {
	return textmate.parseRawGrammar(JSON.stringify(grammar), 'stand-in.json');
}
