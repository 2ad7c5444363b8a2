import { commands, type Disposable, env, tasks, Uri, window, workspace } from 'vscode';
import type { Engine } from '../../../server/src/podman/engine';
import { shellOf } from '../../../server/src/podman/shell';
import { type Surroundings, shapeOf } from './builds';
import { type BuildDefinition, contextOf, nameOf, requestOf, settingsFor, taskType } from './definition';
import { chooseFile } from './files';
import { namesFor } from './memory';
import { hasPlaces, pickName, pickPlace, pickPlatforms, pickPush, placeText } from './picks';
import { hasRegistry, knownPlatforms, plannedBuild, whyNoName } from './plans';
import { type OpenBuild, taskOf } from './task';
import { sentence } from './texts';

/** The commands that build, push and choose where; each of them refuses in a workspace that is not trusted. */
export function registerBuildCommands({ client, ask, memory, publishing }: Surroundings, open: OpenBuild): readonly Disposable[] {
	const command = (id: string, run: (named: unknown) => Promise<void>) =>
		commands.registerCommand(id, (named: unknown) => (workspace.isTrusted ? run(named) : say('Nothing is built in a workspace that is not trusted; trust it first.')));

	async function build(named: unknown, multiArch: boolean): Promise<void> {
		const file = await chooseFile(client, named);
		const engine = file && (await engineOrSay());
		const definition = engine && (await (multiArch ? chooseAll('Build Multi-Arch Image', file, engine, 1) : chooseLittle('Build Image', file)));
		if (!definition) return;
		const platforms = definition.platforms?.join(', ') ?? '';
		const name = `build ${definition.name}${platforms === '' ? '' : ` for ${platforms}`}`;
		await tasks.executeTask(taskOf(definition, workspace.getWorkspaceFolder(file), name, open));
	}

	/** One image of the machine that builds, where builds go anyway: only its name is asked for. */
	async function chooseLittle(title: string, file: Uri): Promise<BuildDefinition | undefined> {
		const name = await chooseName(title, file);
		return name === undefined ? undefined : { type: taskType, file: workspace.asRelativePath(file, false), name, platforms: [] };
	}

	async function chooseAll(title: string, file: Uri, engine: Engine, least: 0 | 1): Promise<BuildDefinition | undefined> {
		const last = memory.last();
		const { wishes } = settingsFor(file);
		const platforms = await pickPlatforms(title, {
			chosen: last.platforms,
			wished: wishes.platforms ?? [],
			known: await knownPlatforms(file.fsPath, engine),
			machine: engine.machine,
			least,
		});
		if (!platforms) return undefined;
		const place = hasPlaces(engine) ? await pickPlace(title, engine, last.place) : { connections: [] };
		const name = place && (await chooseName(title, file));
		if (name === undefined) return undefined;
		const push = hasRegistry(name) ? await pickPush(title, typeof wishes.push === 'string' ? wishes.push : name, last.push) : false;
		if (push === undefined) return undefined;
		await memory.keepPlatforms(platforms);
		if (hasPlaces(engine)) await memory.keepPlace(place);
		if (hasRegistry(name)) await memory.keepPush(push);
		return {
			type: taskType,
			file: workspace.asRelativePath(file, false),
			name,
			platforms,
			...place,
			push: push && typeof wishes.push === 'string' ? wishes.push : push,
		};
	}

	async function chooseName(title: string, file: Uri): Promise<string | undefined> {
		const { wishes } = settingsFor(file);
		const known = [
			...namesFor(memory.last(), file.fsPath),
			...(wishes.name === undefined ? [] : [wishes.name]),
			nameOf(contextOf(wishes, file.fsPath, workspace.getWorkspaceFolder(file))),
		];
		const name = await pickName(title, 'Name of the image', [...new Set(known)], whyNoName);
		if (name !== undefined) await memory.keepName(name, file.fsPath);
		return name;
	}

	async function pushManifest(named: unknown): Promise<void> {
		const file = named instanceof Uri ? named : undefined;
		const name = await pickName('Push Manifest', 'Manifest list in the local store', namesFor(memory.last(), file?.fsPath ?? ''), whyNoName);
		if (name === undefined) return;
		const folder = file && workspace.getWorkspaceFolder(file);
		// With the credentials, and from the connection, of a build.
		const request = requestOf({ type: taskType, file: file?.fsPath ?? 'Containerfile', name }, folder, memory.last().place, {});
		if ('file' in request) await publishing.push(name, 'list', request);
		else void window.showErrorMessage(request.join(' '));
	}

	async function selectConnection(): Promise<void> {
		const engine = await engineOrSay(true);
		if (!engine) return;
		if (!hasPlaces(engine)) return say('Podman knows no connection and no farm; `podman system connection add` makes one.');
		const place = await pickPlace('Select Podman Connection', engine, memory.last().place);
		if (!place) return;
		await memory.keepPlace(place);
		say(`Whittle builds on ${placeText(place)} in this workspace.`);
	}

	async function copyCommands(named: unknown): Promise<void> {
		const file = await chooseFile(client, named);
		const engine = file && (await engineOrSay());
		const definition = engine && (await chooseAll('Copy Build Commands', file, engine, 0));
		if (!definition) return;
		const request = requestOf(definition, workspace.getWorkspaceFolder(file), undefined, await shapeOf(client, file));
		const plan = 'file' in request ? await plannedBuild(request, ask) : { because: request.join(' ') };
		if ('because' in plan) return void window.showErrorMessage(sentence(plan.because));
		await env.clipboard.writeText(`${shellOf(plan).join('\n')}\n`);
		say('The build is in the clipboard as shell commands.');
	}

	async function engineOrSay(anew = false): Promise<Engine | undefined> {
		const said = await ask(anew);
		if (!('because' in said)) return said;
		void window.showErrorMessage(sentence(said.because));
		return undefined;
	}

	return [
		command('whittle.build', (named) => build(named, false)),
		command('whittle.buildMultiArch', (named) => build(named, true)),
		command('whittle.pushManifest', pushManifest),
		command('whittle.selectConnection', selectConnection),
		command('whittle.copyBuildCommands', copyCommands),
	];
}

function say(text: string): void {
	void window.showInformationMessage(text);
}
