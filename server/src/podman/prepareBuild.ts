import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { askConnections } from './askConnections';
import type { Circumstances } from './askEngine';
import type { Engine } from './engine';
import type { Plan, PlanRefusal } from './plan';
import { planBuild } from './planBuild';
import type { BuildOptions, BuildRequest } from './request';
import { secretFile } from './secrets';

/** Plans a build of what is on disk: reads the Containerfile, finds its own ignore file and asks the connections that the request needs. Files that options name have to be there. Runs nothing else. */
export async function prepareBuild(request: BuildRequest, engine: Engine, circumstances: Circumstances = {}): Promise<Plan | PlanRefusal> {
	const text = readText(request.file);
	if (typeof text !== 'string') return text;
	if (!isFolder(request.context)) return { because: `The build context ${request.context} is no folder` };
	const missing = missingFile(request.options ?? {});
	if (missing !== undefined) return { because: missing };
	return planBuild(withIgnoreFile(request), await askConnections(request, engine, circumstances), randomBytes(6).toString('hex'), text);
}

/**
 * Names the ignore file that belongs to the Containerfile alone. Podman itself takes it where it builds on this machine, but not
 * for another one when the context has an ignore file too (4.3.1); where both endings are there it takes the first of these.
 */
function withIgnoreFile(request: BuildRequest): BuildRequest {
	const own = ['.dockerignore', '.containerignore'].map((ending) => request.file + ending).find(isFile);
	return own === undefined || request.options?.ignorefile !== undefined ? request : { ...request, options: { ...request.options, ignorefile: own } };
}

function readText(file: string): string | PlanRefusal {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		return { because: `${file} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})` };
	}
}

/** Podman says which file it misses, but not always what for. None of them is read here. */
function missingFile({ authfile, ignorefile, secrets = [] }: BuildOptions): string | undefined {
	if (authfile !== undefined && !isFile(authfile)) return `There is no file with credentials ${authfile}; \`podman login --authfile\` makes one, or leave the option out`;
	if (ignorefile !== undefined && !isFile(ignorefile)) return `There is no ignore file ${ignorefile}; write it, or leave the option out`;
	const secret = secrets.find((one) => {
		const path = secretFile(one);
		return path !== undefined && !isFile(path);
	});
	return secret === undefined ? undefined : `There is no file ${secretFile(secret)}, where the secret ${secret} should be`;
}

/** Whether there is something that can be read as a file is. */
function isFile(path: string): boolean {
	return kindOf(path) === 'file';
}

function isFolder(path: string): boolean {
	return kindOf(path) === 'folder';
}

function kindOf(path: string): 'file' | 'folder' | undefined {
	try {
		return statSync(path).isDirectory() ? 'folder' : 'file';
	} catch {
		return undefined;
	}
}
