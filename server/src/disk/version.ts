import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whittle's version, from the package it is part of; `unknown` where that is gone. */
export function whittleVersion(): string {
	for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
		try {
			const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly name?: unknown; readonly version?: unknown };
			if (name === 'whittle' && typeof version === 'string') return version;
		} catch {
			// Most folders on the way up have none.
		}
	}
	return 'unknown';
}
