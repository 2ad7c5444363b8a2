import { env, Uri, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { BuildOutcome } from '../../../server/src/podman/events';
import type { Plan } from '../../../server/src/podman/plan';
import type { BuildRequest } from '../../../server/src/podman/request';
import { type BuildShape, type ShapeParams, shapeRequest } from '../../../server/src/protocol';
import { fileOf, requestOf } from './definition';
import type { FailureMarks } from './diagnostics';
import type { AskPodman } from './engines';
import { saved } from './files';
import type { Memory } from './memory';
import { type Kind, plannedBuild } from './plans';
import type { Publishing } from './publishing';
import type { OpenBuild } from './task';
import type { Terminals } from './terminals';
import { sentence, summaryText } from './texts';

/** What builds work with. */
export interface Surroundings {
	readonly client: LanguageClient;
	readonly ask: AskPodman;
	readonly memory: Memory;
	readonly marks: FailureMarks;
	readonly terminals: Terminals;
	readonly publishing: Publishing;
}

/** Terminals that build what a task says, mark what failed, and offer what comes next. */
export function createOpenBuild({ client, ask, memory, marks, terminals, publishing }: Surroundings): OpenBuild {
	async function afterwards(request: BuildRequest | undefined, outcome: Exclude<BuildOutcome, { kind: 'cancelled' }>, plan: Plan | undefined): Promise<void> {
		if (outcome.kind === 'failed') return sayFailure(request, outcome);
		if (request) await offerNext(request, outcome, plan?.strategy === 'single' ? 'image' : 'list');
	}

	async function sayFailure(request: BuildRequest | undefined, failed: Extract<BuildOutcome, { kind: 'failed' }>): Promise<void> {
		const file = request && Uri.file(request.file);
		// The file may be gone by now; what failed is said all the same.
		const place = file && (await marks.mark(file, failed).catch(() => undefined));
		const goTo = 'Go to the Instruction';
		const picked = await window.showErrorMessage(sentence(failed.because), ...(place ? [goTo] : []));
		if (picked === goTo && file && place) await window.showTextDocument(file, { selection: place });
	}

	async function offerNext(request: BuildRequest, built: Extract<BuildOutcome, { kind: 'built' }>, kind: Kind): Promise<void> {
		const [push, copy, layers] = ['Push', 'Copy Name', 'Show Layers'];
		// Podman says no size where the image is on another machine, and shows no layers there.
		const isHere = built.images.length > 0 && built.images.every(({ size }) => size !== undefined);
		const picked = await window.showInformationMessage(summaryText(built), ...(built.pushed ? [] : [push]), copy, ...(isHere ? [layers] : []));
		if (picked === push) await publishing.push(built.name, kind, request);
		if (picked === copy) await env.clipboard.writeText(built.name);
		if (picked === layers) publishing.showLayers(built, kind, request);
	}

	return (definition, folder) => {
		let built: BuildRequest | undefined;
		return terminals.open({
			title: `Building ${definition.name ?? definition.file}`,
			async plan(signal) {
				const file = fileOf(definition, folder);
				const request = requestOf(definition, folder, memory.last().place, await shapeOf(client, file));
				if (!('file' in request)) return { because: request.join(' ') };
				built = request;
				marks.clear(file);
				if (!(await saved(file))) return { because: `${request.file} has changes that could not be saved` };
				return plannedBuild(request, ask, signal);
			},
			after: (outcome, plan) => afterwards(built, outcome, plan),
		});
	};
}

/** What the server knows about the shape of a file's images. */
export function shapeOf(client: LanguageClient, file: Uri): Promise<BuildShape> {
	const params: ShapeParams = { uri: client.code2ProtocolConverter.asUri(file) };
	return client.sendRequest<BuildShape>(shapeRequest, params);
}
