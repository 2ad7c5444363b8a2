import type { Flag } from './containerfile';

/** The fields of `--mount=type=cache,target=/x,ro` by their names in lower case, each with its text; that of a bare one is its name. Undefined for another flag. */
export function mountFields({ name, value = '' }: Flag): ReadonlyMap<string, string> | undefined {
	if (name !== 'mount') return undefined;
	return new Map(value.split(',').map((field) => [field.split('=')[0]?.trim().toLowerCase() ?? '', field.slice(field.indexOf('=') + 1)]));
}

/** Where a mount lies, as written; undefined where its fields do not say it. */
export function mountTarget(fields: ReadonlyMap<string, string>): string | undefined {
	return fields.get('target') ?? fields.get('dst') ?? fields.get('destination');
}

/** Whether a bare field (`ro`) is there and not `=false`. */
export function isOn(fields: ReadonlyMap<string, string>, ...names: readonly string[]): boolean {
	return names.some((name) => fields.has(name) && fields.get(name) !== 'false');
}
