import { window } from 'vscode';
import type { BuildOutcome } from '../../../server/src/podman/events';
import type { Plan } from '../../../server/src/podman/plan';
import type { BuildRequest } from '../../../server/src/podman/request';
import { pickName } from './picks';
import { hasRegistry, type Kind, planHistory, planPush, whyNoName } from './plans';
import type { Terminals } from './terminals';
import { sentence } from './texts';

/** What comes after a build. */
export interface Publishing {
	/** Pushes in a terminal: to its own name, or, where that says no registry, to one that somebody is asked for. `request` is what built it, or would. */
	push(name: string, kind: Kind, request: BuildRequest): Promise<void>;
	/** Shows the layers of each image in a terminal. */
	showLayers(built: Extract<BuildOutcome, { kind: 'built' }>, kind: Kind, request: BuildRequest): void;
}

/** Does it with podman, in terminals that stay. */
export function createPublishing(terminals: Terminals): Publishing {
	function show(name: string, title: string, plan: Plan, done: string | undefined): void {
		const pty = terminals.open(
			{
				title,
				plan: async () => plan,
				async after(outcome) {
					if (outcome.kind === 'failed') void window.showErrorMessage(sentence(outcome.because));
					else if (done !== undefined) void window.showInformationMessage(done);
				},
			},
			true,
		);
		window.createTerminal({ name, pty }).show(true);
	}
	return {
		async push(name, kind, request) {
			const destination = hasRegistry(name) ? name : await pickName(`Push ${name}`, 'Where to: registry.example/team/app:1.0', [], whyNoDestination);
			if (destination !== undefined) show('Push', `Pushing ${destination}`, planPush(name, kind, destination, request), `Pushed ${destination}.`);
		},
		showLayers: (built, kind, request) => show('Layers', `Layers of ${built.name}`, planHistory(built.name, kind, built.images, request), undefined),
	};
}

function whyNoDestination(name: string): string | undefined {
	return whyNoName(name) ?? (hasRegistry(name) ? undefined : `${name} does not say which registry`);
}
