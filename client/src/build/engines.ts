import { ProgressLocation, window } from 'vscode';
import { askEngine } from '../../../server/src/podman/askEngine';
import type { Engine } from '../../../server/src/podman/engine';
import type { PlanRefusal } from '../../../server/src/podman/plan';
import { podmanProgram } from './definition';

/** Asks podman about itself once for each program; `anew` forgets what it said before. A refusal is not remembered. */
export type AskPodman = (anew?: boolean) => Promise<Engine | PlanRefusal>;

/** Nothing asked yet. */
export function createAskPodman(): AskPodman {
	const known = new Map<string, Engine>();
	return async (anew = false) => {
		const program = podmanProgram();
		const before = anew ? undefined : known.get(program);
		if (before) return before;
		known.delete(program);
		const said = await window.withProgress({ location: ProgressLocation.Window, title: 'Asking podman' }, () => askEngine(program, []));
		if (!('because' in said)) known.set(program, said);
		return said;
	};
}
