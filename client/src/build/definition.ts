import { basename, dirname, resolve } from 'node:path';
import { type TaskDefinition, Uri, type WorkspaceFolder, workspace } from 'vscode';
import type { BuildRequest } from '../../../server/src/podman/request';
import { secretIn } from '../../../server/src/podman/secrets';
import type { BuildShape } from '../../../server/src/protocol';
import type { Place } from './memory';
import { readWishes, type Wishes } from './wishes';

/** The type of Whittle's tasks in tasks.json. */
export const taskType = 'whittle';

/** A build in tasks.json: the Containerfile, and whatever is not to be as the settings say. */
export interface BuildDefinition extends TaskDefinition, Omit<Wishes, 'options'> {
	readonly type: typeof taskType;
	/** Relative to the workspace folder, or absolute. */
	readonly file: string;
}

/** A definition that names its Containerfile; undefined for anything else. */
export function readDefinition(definition: TaskDefinition): BuildDefinition | undefined {
	return definition.type === taskType && typeof definition['file'] === 'string' && definition['file'] !== '' ? (definition as BuildDefinition) : undefined;
}

/** What the settings say about builds of a file. */
export function settingsFor(file: Uri): ReturnType<typeof readWishes> {
	const settings = workspace.getConfiguration('whittle.build', file);
	const { wishes, problems } = readWishes((key) => settings.get(key), false);
	return { wishes, problems: problems.map((problem) => `In the settings whittle.build, ${problem}.`) };
}

/** The program that the user's own settings name. */
export function podmanProgram(): string {
	return workspace.getConfiguration('whittle.build').get<string>('podman') || 'podman';
}

/** The whole request of a task: its own words, then where builds go in this workspace and what is said about the shape of the file's images, then the settings. Or what is wrong with it, a sentence each. */
export function requestOf(definition: BuildDefinition, folder: WorkspaceFolder | undefined, chosen: Place | undefined, shape: BuildShape): BuildRequest | readonly string[] {
	const root = rootOf(folder);
	const { fsPath: file } = fileOf(definition, folder);
	const settings = settingsFor(Uri.file(file));
	const own = readWishes((key) => definition[key], true);
	const problems = [...settings.problems, ...own.problems.map((problem) => `In the task, ${problem}.`)];
	if (problems.length > 0) return problems;
	const wishes = { ...settings.wishes, ...own.wishes };
	const place = placeOf(own.wishes) ?? chosen ?? placeOf(settings.wishes) ?? { connections: [] };
	const context = contextOf(wishes, file, folder);
	const { squash, authfile, ignorefile, secrets, ...options } = { ...settings.wishes.options, ...shape, ...own.wishes.options };
	return {
		file,
		context,
		name: wishes.name ?? nameOf(context),
		platforms: wishes.platforms ?? [],
		...(place.connections.length > 0 ? { connections: place.connections } : {}),
		...(place.farm === undefined ? {} : { farm: place.farm }),
		...(place.assigned === undefined ? {} : { assigned: place.assigned }),
		...(wishes.push === undefined ? {} : { push: wishes.push }),
		options: {
			...options,
			...(squash ? { squash } : {}),
			...(secrets === undefined ? {} : { secrets: secrets.map((one) => secretIn(one, root)) }),
			...(authfile === undefined ? {} : { authfile: resolve(root, authfile) }),
			...(ignorefile === undefined ? {} : { ignorefile: resolve(root, ignorefile) }),
		},
	};
}

/** The Containerfile of a task. */
export function fileOf({ file }: BuildDefinition, folder: WorkspaceFolder | undefined): Uri {
	return Uri.file(resolve(rootOf(folder), file));
}

/** The folder that is the build context. */
export function contextOf({ context }: Wishes, file: string, folder: WorkspaceFolder | undefined): string {
	return context === undefined ? dirname(file) : resolve(rootOf(folder), context);
}

/** The name of an image for a folder: its own, with what no image name may have replaced. */
export function nameOf(folder: string): string {
	const name = basename(folder)
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	return `localhost/${name === '' ? 'image' : name}`;
}

function placeOf({ connections, farm, assigned }: Wishes): Place | undefined {
	if (connections === undefined && farm === undefined && assigned === undefined) return undefined;
	return { connections: connections ?? [], ...(farm === undefined ? {} : { farm }), ...(assigned === undefined ? {} : { assigned }) };
}

function rootOf(folder: WorkspaceFolder | undefined): string {
	return (folder ?? workspace.workspaceFolders?.[0])?.uri.fsPath ?? '';
}
