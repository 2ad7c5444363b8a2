import { CustomExecution, type Pseudoterminal, Task, TaskGroup, TaskPanelKind, type TaskProvider, TaskRevealKind, TaskScope, type WorkspaceFolder, workspace } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type BuildDefinition, readDefinition, taskType } from './definition';
import { containerfiles } from './files';

/** Opens the terminal that makes a build. */
export type OpenBuild = (definition: BuildDefinition, folder: WorkspaceFolder | undefined) => Pseudoterminal;

/** One task for each Containerfile of the workspace, and those of tasks.json made ready to run. */
export function createTaskProvider(client: LanguageClient, open: OpenBuild): TaskProvider {
	return {
		async provideTasks() {
			if (!workspace.isTrusted) return [];
			return (await containerfiles(client)).flatMap((uri) => {
				const folder = workspace.getWorkspaceFolder(uri);
				if (!folder) return [];
				const file = workspace.asRelativePath(uri, false);
				return [taskOf({ type: taskType, file }, folder, `build ${file}`, open)];
			});
		},
		resolveTask({ definition, scope, name }) {
			const known = readDefinition(definition);
			return known && taskOf(known, typeof scope === 'object' ? scope : undefined, name, open);
		},
	};
}

/** A task that builds; it owns a terminal that is shown. */
export function taskOf(definition: BuildDefinition, folder: WorkspaceFolder | undefined, name: string, open: OpenBuild): Task {
	// VS Code gives the definition with its variables replaced.
	const execution = new CustomExecution(async (resolved) => open(readDefinition(resolved) ?? definition, folder));
	const task = new Task(definition, folder ?? TaskScope.Workspace, name, 'Whittle', execution, []);
	task.group = TaskGroup.Build;
	task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.Dedicated, focus: false, clear: true, showReuseMessage: false };
	return task;
}
