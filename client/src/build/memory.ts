import type { Memento } from 'vscode';

/** Where something is built: on these podman connections, on a farm, or, with neither, where podman itself builds. */
export interface Place {
	readonly connections: readonly string[];
	readonly farm?: string;
	/** The connection that builds a platform, by platform; from settings and tasks only. */
	readonly assigned?: Readonly<Record<string, string>>;
}

/** What somebody chose in earlier builds of this workspace, the last first. */
export interface Chosen {
	readonly names: readonly ChosenName[];
	readonly platforms: readonly string[];
	/** Absent where nobody chose: then the settings count. */
	readonly place?: Place;
	readonly push: boolean;
}

/** A name and the Containerfile that it was for. */
export interface ChosenName {
	readonly name: string;
	readonly file: string;
}

/** Keeps what was chosen, in the workspace's own state. */
export interface Memory {
	readonly last: () => Chosen;
	/** Puts a name on top. */
	keepName(name: string, file: string): Promise<void>;
	keepPlatforms(platforms: readonly string[]): Promise<void>;
	/** Undefined gives it back to the settings. */
	keepPlace(place: Place | undefined): Promise<void>;
	keepPush(push: boolean): Promise<void>;
}

const key = 'build.chosen';
const namesKept = 20;

/** The memory of a workspace. */
export function createMemory(state: Memento): Memory {
	const last = (): Chosen => ({ names: [], platforms: [], push: false, ...state.get<Partial<Chosen>>(key) });
	const keep = async (news: Partial<Chosen>) => state.update(key, { ...last(), ...news });
	return {
		last,
		keepName: (name, file) => keep({ names: [{ name, file }, ...last().names.filter((one) => one.name !== name || one.file !== file)].slice(0, namesKept) }),
		keepPlatforms: (platforms) => keep({ platforms }),
		keepPlace: async (place) => {
			const { place: _before, ...rest } = last();
			await state.update(key, { ...rest, ...(place ? { place } : {}) });
		},
		keepPush: (push) => keep({ push }),
	};
}

/** The names chosen before, those for this file first, each once. */
export function namesFor({ names }: Chosen, file: string): readonly string[] {
	const ofFile = names.filter((one) => one.file === file);
	return [...new Set([...ofFile, ...names].map(({ name }) => name))];
}
