/** Why something could not be read or written: one sentence for people, without a full stop. */
export interface Refusal {
	readonly because: string;
}

/** Whether a value is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
	return typeof value === 'object' && value !== null && 'because' in value;
}

/** The sentence for an error of the operating system; `doing` is `read` or `written`. */
export function refusalOf(error: unknown, path: string, doing: 'read' | 'written' = 'read'): Refusal {
	const code = errorCode(error);
	switch (code) {
		case 'ENOENT':
			return { because: doing === 'read' ? `${path} does not exist` : `${path} cannot be written: its folder does not exist` };
		case 'ENOTDIR':
			return { because: `${path} does not exist: a part of that path is a file` };
		case 'EISDIR':
			return { because: `${path} cannot be ${doing}: it is a folder` };
		case 'EACCES':
		case 'EPERM':
			return { because: `${path} cannot be ${doing}: permission denied` };
		case 'ELOOP':
			return { because: `${path} cannot be ${doing}: its symbolic links go in a circle` };
		case 'EROFS':
			return { because: `${path} cannot be ${doing}: the file system is read-only` };
		case 'ENOSPC':
			return { because: `${path} cannot be ${doing}: the disk is full` };
		default:
			return { because: `${path} cannot be ${doing}: ${code ?? (error instanceof Error ? error.message : String(error))}` };
	}
}

/** `ENOENT` and the like; undefined for an error that is not the operating system's. */
export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
