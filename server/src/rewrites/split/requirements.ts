import { posix } from 'node:path';
import { absolutePath } from '../../model/basics/paths';
import { normalizedName } from '../../model/catalog/ecosystemNeeds';
import { operationOf } from '../../model/stages/model';
import type { Refusal } from '../rewrite';
import type { Act, Shop } from './ecosystem';
import { contextFileAt } from './sources';

/** The names of all packages that a `pip install` names, those of its requirements files too, as pip compares them; and the files that it reads; a refusal where one cannot be read. */
export function namesOf({ stage, context }: Shop, { run, invocation, folder }: Act): { readonly names: readonly string[]; readonly files: readonly string[] } | Refusal {
	const operation = operationOf(run, invocation);
	const { span } = invocation.command;
	const names: string[] = [];
	for (const { value } of operation?.operands ?? []) {
		const name = nameOf(value ?? '');
		if (name === undefined) return { because: `which packages \`${value}\` brings is not written here`, span };
		names.push(...name);
	}
	const files = (operation?.options ?? []).filter(({ name }) => name === '-r' || name === '--requirement').map(({ value }) => value);
	for (const option of operation?.options ?? [])
		if (/^-e$|^--editable$/.test(option.name)) return { because: 'which packages an editable install brings is not written here', span };
	const read = new Set<string>((operation?.operands ?? []).flatMap(({ value = '' }) => (value.endsWith('.whl') ? (absolutePath(value, folder) ?? []) : [])));
	for (let next = files.shift(); next !== undefined; next = files.shift()) {
		const path = absolutePath(next, folder);
		const text = path === undefined ? undefined : contextFileAt(stage, context, path);
		if (path === undefined || text === undefined) return { because: `${next} cannot be read here, and packages in it may link to libraries that only the full image has`, span };
		if (read.has(path)) continue;
		read.add(path);
		for (const line of linesOf(text)) {
			const [, other] = /^(?:-r|--requirement)[ =]?\s*(\S+)$/.exec(line) ?? [];
			if (other !== undefined) files.push(posix.resolve(posix.dirname(path), other));
			else if (!/^--?(?:c|constraint|i|index-url|extra-index-url|find-links|f|trusted-host|no-binary|only-binary|prefer-binary|pre|hash)\b/.test(line)) {
				const name = nameOf(line);
				if (name === undefined) return { because: `which packages \`${line}\` in ${next} brings is not written there`, span };
				names.push(...name);
			} else if (/^--no-binary/.test(line)) return { because: `${next} has packages compiled, which may link to libraries that only the full image has`, span };
		}
	}
	return { names, files: [...read] };
}

function linesOf(text: string): readonly string[] {
	return text
		.replace(/^\uFEFF/, '')
		.replace(/\\\r?\n/g, ' ')
		.split(/\r?\n/)
		.map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
		.filter((line) => line !== '');
}

/** The name in a requirement, or that of a wheel without compiled code; undefined for a folder, an address or another file. */
function nameOf(requirement: string): readonly string[] | undefined {
	if (/^(?:[\w./-]*\/)?[\w.]+-[\w.!+]+(?:-\d\w*)?-[\w.]+-none-any\.whl$/.test(requirement)) return [];
	const match = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[\w\s,.-]*\])?\s*(?:[<>=!~(;\s].*)?$/.exec(requirement);
	if (!match?.[1] || / @ |\/|\.(?:whl|zip|tar\.\w+)$/.test(requirement.replace(/;.*$/, '').replace(/--hash=\S+/g, ''))) return undefined;
	return [normalizedName(match[1])];
}
