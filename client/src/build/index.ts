import { Disposable, type ExtensionContext, tasks } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { createOpenBuild } from './builds';
import { registerBuildCommands } from './commands';
import { taskType } from './definition';
import { createFailureMarks } from './diagnostics';
import { createAskPodman } from './engines';
import { createMemory } from './memory';
import { createPublishing } from './publishing';
import { createTaskProvider } from './task';
import { createTerminals } from './terminals';

/** Everything about building; `stop` ends what runs and waits for what cleans up after it. */
export interface Builds extends Disposable {
	stop(): Promise<void>;
}

/** Registers the commands and tasks that build. */
export function createBuilds(client: LanguageClient, { workspaceState }: ExtensionContext): Builds {
	const terminals = createTerminals();
	const marks = createFailureMarks(client);
	const ask = createAskPodman();
	const surroundings = { client, ask, memory: createMemory(workspaceState), marks, terminals, publishing: createPublishing(terminals) };
	const open = createOpenBuild(surroundings);
	const registered = Disposable.from(marks, tasks.registerTaskProvider(taskType, createTaskProvider(client, open)), ...registerBuildCommands(surroundings, open));
	return { dispose: () => registered.dispose(), stop: terminals.stop };
}
