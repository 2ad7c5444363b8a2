import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { askConnections } from './askConnections';
import type { Circumstances } from './askEngine';
import type { Engine } from './engine';
import type { Plan, PlanRefusal } from './plan';
import { planBuild } from './planBuild';
import type { BuildRequest } from './request';

/** Plans a build of what is on disk: reads the Containerfile, finds its own ignore file and asks the connections that the request needs. Runs nothing else. */
export async function prepareBuild(request: BuildRequest, engine: Engine, circumstances: Circumstances = {}): Promise<Plan | PlanRefusal> {
	const text = readText(request.file);
	if (typeof text !== 'string') return text;
	if (!isFolder(request.context)) return { because: `The build context ${request.context} is no folder` };
	return planBuild(withIgnoreFile(request), await askConnections(request, engine, circumstances), randomBytes(6).toString('hex'), text);
}

/**
 * Names the ignore file that belongs to the Containerfile alone. Podman itself takes it where it builds on this machine, but not
 * for another one when the context has an ignore file too (4.3.1); where both endings are there it takes the first of these.
 */
function withIgnoreFile(request: BuildRequest): BuildRequest {
	const own = ['.dockerignore', '.containerignore'].map((ending) => request.file + ending).find((path) => existsSync(path));
	return own === undefined || request.options?.ignorefile !== undefined ? request : { ...request, options: { ...request.options, ignorefile: own } };
}

function readText(file: string): string | PlanRefusal {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		return { because: `${file} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})` };
	}
}

function isFolder(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
