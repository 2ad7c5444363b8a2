import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readWishes, wishKeys } from '../../client/src/build/wishes';

const { contributes } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
const read = (said: Readonly<Record<string, unknown>>, emptyCounts = false) => readWishes((key) => said[key], emptyCounts);

it('reads what is said and leaves out what is not', () => {
	const said = { name: 'a', platforms: [], connections: ['east'], assigned: {}, farm: null, push: 'b', noCache: false, network: '', jobs: 0, pull: 'never', buildArgs: ['A=1'] };
	expect(read(said)).toEqual({ wishes: { name: 'a', connections: ['east'], push: 'b', options: { noCache: false, jobs: 0, pull: 'never', buildArgs: ['A=1'] } }, problems: [] });
});

it('can be told not to squash', () => {
	expect(read({ squash: false }).wishes).toEqual({ options: { squash: false } });
});

it('takes an empty list for an answer where it counts', () => {
	expect(read({ platforms: [] }, true).wishes).toEqual({ platforms: [], options: {} });
});

it.each([
	['platforms', 'linux/amd64', '“platforms” has to be a list of texts'],
	['platforms', [1], '“platforms” has to be a list of texts'],
	['assigned', { 'linux/arm64': 1 }, '“assigned” has to be an object of texts'],
	['assigned', ['pi'], '“assigned” has to be an object of texts'],
	['name', 5, '“name” has to be a text'],
	['name', true, '“name” has to be a text'],
	['push', 1, '“push” has to be true, false or a text'],
	['noCache', 'yes', '“noCache” has to be true or false'],
	['jobs', 1.5, '“jobs” has to be a whole number'],
	['squash', true, '“squash” has to be false or new or all'],
	['pull', 'sometimes', '“pull” has to be always or missing or never or newer'],
])('refuses %s: %j', (key, value, problem) => {
	expect(read({ [key]: value })).toEqual({ wishes: { options: {} }, problems: [problem] });
});

it('everything that a task can say is a setting, and the other way round', () => {
	const [task] = contributes.taskDefinitions;
	expect(Object.keys(task.properties).sort()).toEqual(['file', ...wishKeys].sort());
	const settings = Object.keys(contributes.configuration.properties).flatMap((key) => /^whittle\.build\.(.+)/.exec(key)?.[1] ?? []);
	expect(settings.sort()).toEqual(['podman', ...wishKeys].sort());
});
