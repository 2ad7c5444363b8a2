/** The configuration of an image, in a form in which two can be compared: variables by name, the root folder said, no trace of who built it. */
export function comparable(config: unknown): Readonly<Record<string, unknown>> {
	const { Env = [], Labels, WorkingDir, ...rest } = config as { Env?: readonly string[]; Labels?: Readonly<Record<string, string>> | null; WorkingDir?: string };
	const { 'io.buildah.version': _, ...labels } = Labels ?? {};
	const variables = Object.fromEntries(Env.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]));
	return { ...rest, Env: variables, Labels: labels, WorkingDir: WorkingDir || '/' };
}

/** The same with parts changed: `Env` and `Labels` entry by entry, others as a whole; what is undefined is gone. */
export function changed(config: Readonly<Record<string, unknown>>, parts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	const result: Record<string, unknown> = { ...config };
	for (const [name, value] of Object.entries(parts)) {
		const deep = (name === 'Env' || name === 'Labels') && typeof value === 'object' && value !== null;
		result[name] = deep ? changed(config[name] as Readonly<Record<string, unknown>>, value as Readonly<Record<string, unknown>>) : value;
	}
	return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
}
