import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type BuildShape, type StepParams, shapeRequest, stepRequest, type TextRange } from '../../server/src/protocol';
import { folderWith } from '../support/commandLine';
import { startClient, type TestClient, uriOf } from '../support/languageClient';

const uri = 'untitled:Containerfile';
const text = 'ARG V=1\nFROM a AS build\nRUN one && \\\n    two\n\nFROM scratch\nCOPY --from=build /x /x\n';
let running: TestClient | undefined;

afterEach(async () => {
	expect(await running?.stop()).toBe(0);
	running = undefined;
});

async function ask(params: unknown): Promise<TextRange | null> {
	running = await startClient();
	await running.open(uri, text);
	return running.connection.sendRequest<TextRange | null>(stepRequest, params);
}

const paramsOf = (stage: number, instruction: number, at = uri): StepParams => ({ uri: at, step: { stage: { number: stage, of: 2 }, instruction, of: 2, text: '' } });

it('gives the whole range of the instruction that podman was at', async () => {
	expect(await ask(paramsOf(1, 2))).toEqual({ start: { line: 2, character: 0 }, end: { line: 3, character: 7 } });
});

it.each([
	['a stage that is not there', paramsOf(3, 1)],
	['a document that is not open', paramsOf(1, 1, 'untitled:other')],
	['nothing', null],
])('has no range for %s', async (_what, params) => {
	expect(await ask(params)).toBeNull();
});

it('says of a file that is not open how its images are made: what the settings say over what is on disk', async () => {
	const folder = folderWith({ '.whittlerc.json': '{ "build": { "target": "prod", "squash": "new" } }', 'app/Containerfile': text });
	running = await startClient({ folders: [folder], settings: () => ({ build: { target: null, squash: false, platforms: [] } }) });
	const params = { uri: uriOf(join(folder, 'app/Containerfile')) };
	expect(await running.connection.sendRequest<BuildShape>(shapeRequest, params)).toEqual({ target: 'prod', squash: false });
});
