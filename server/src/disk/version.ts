import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Whittle's version, from the package it is part of; `unknown` where that is gone. */
export function whittleVersion(): string {
	return ownPackage()?.version ?? 'unknown';
}

/** The package that this is part of: its folder and its version; undefined where that is gone. */
export function ownPackage(): { readonly folder: string; readonly version: string } | undefined {
	for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
		try {
			const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly name?: unknown; readonly version?: unknown };
			if (name === 'whittle' && typeof version === 'string') return { folder, version };
		} catch {
			// Most folders on the way up have none.
		}
	}
	return undefined;
}
