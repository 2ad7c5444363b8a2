import { resolve } from 'node:path';

/** The path of the file that a secret (`id=NAME,src=PATH`) is in, as written; undefined where it names none, or is a variable. */
export function secretFile(secret: string): string | undefined {
	const said = new Map(secret.split(',').map((part) => [part.replace(/=.*$/s, ''), part.replace(/^[^=]*=?/s, '')] as const));
	const path = said.get('src') ?? said.get('source');
	// Where nothing says which, podman takes a variable named as the secret is, and else the file.
	const kind = said.get('type') ?? (process.env[said.get('id') ?? ''] === undefined ? 'file' : 'env');
	return path !== undefined && path !== '' && kind === 'file' ? path : undefined;
}

/** The same secret with the path of its file as seen from a folder, so that it does not matter where podman runs. */
export function secretIn(secret: string, folder: string): string {
	const path = secretFile(secret);
	// A comma would end the path.
	if (path === undefined || resolve(folder, path).includes(',')) return secret;
	return secret.replace(/(^|,)(src|source)=[^,]*/, (_, before: string, name: string) => `${before}${name}=${resolve(folder, path)}`);
}
