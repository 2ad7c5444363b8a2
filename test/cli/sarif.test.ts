import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { configurable } from '../../server/src/lint/configurable';
import { clean, folderWith, wasteful, whittle } from '../support/commandLine';

// OASIS’s schema of SARIF 2.1.0, as Microsoft’s matchers for jest bring it.
const schemaFile = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

const everyRule = Object.fromEntries(configurable.map(({ id, docs }) => [`rules/${id}/Containerfile`, docs.before]));
const inputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	'nothing to say': { Containerfile: clean },
	'what every rule finds': everyRule,
	'what does not parse': { Containerfile: 'FROM fedora:41\nRUN dnf -y install \\\n  glibc\n  nginx\nBANANA split\n', Dockerfile: '' },
	'other line ends and a mark': { Containerfile: '\uFEFFFROM fedora:33\r\nRUN dnf -y install nginx \\\r\n  curl\r\nRUN dnf clean all\r\n' },
	'names that are no addresses': { 'a b/Ä%20#?.containerfile': wasteful, 'c:d/Dockerfile': wasteful },
	'no characters of this plane': { Containerfile: 'FROM fedora:33\nRUN echo 🦭 "|\\u0000" && dnf -y install nginx\n' },
};

function log(cwd: string, words: readonly string[] = ['.']): Log {
	return JSON.parse(whittle(['lint', '--format', 'sarif', ...words], { cwd }).stdout);
}

function runOf({ runs: [run] }: Log): Run & { readonly results: readonly Result[] } {
	if (!run?.results) throw new Error('there is no run');
	return { ...run, results: run.results };
}

describe('SARIF', () => {
	it.each(Object.entries(inputs))('of %s points at its rules, its files, and from one folder', (_what, files) => {
		const cwd = folderWith(files);
		const { tool, artifacts = [], results, originalUriBaseIds } = runOf(log(cwd));
		expect(originalUriBaseIds).toEqual({ '%SRCROOT%': { uri: `${pathToFileURL(cwd).href}/` } });
		for (const { location } of artifacts) {
			expect(location?.uriBaseId).toBe('%SRCROOT%');
			expect(existsSync(new URL(location?.uri ?? '', `${pathToFileURL(cwd).href}/`))).toBe(true);
		}
		for (const { ruleId, ruleIndex = -1, locations, partialFingerprints, fixes = [] } of results) {
			expect(tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
			expect(partialFingerprints).toEqual({ 'instructionHash/v1': expect.stringMatching(/^[0-9a-f]{16}$/) });
			const [place] = locations ?? [];
			const address = place?.physicalLocation?.artifactLocation;
			expect(address).toEqual({ ...artifacts[address?.index ?? -1]?.location, index: address?.index });
			for (const { artifactChanges } of fixes) expect(artifactChanges.map(({ artifactLocation }) => artifactLocation)).toEqual([address]);
		}
	});

	it('has what code scanning asks of a rule, in no more tags and results than it takes', () => {
		const { tool, results } = runOf(log(folderWith(everyRule)));
		expect(new Set(tool.driver.rules?.map(({ id }) => id))).toEqual(new Set([...configurable.map(({ id }) => id), 'does-not-parse']));
		for (const rule of tool.driver.rules ?? []) {
			for (const text of [rule.shortDescription?.text, rule.fullDescription?.text, rule.help?.text]) expect(text).not.toBe('');
			expect(rule.properties?.tags?.length).toBeLessThanOrEqual(10);
			expect(rule.properties).not.toHaveProperty('security-severity');
		}
		// Some want to know who builds, or find nothing without a folder.
		expect(new Set(results.map(({ ruleId }) => ruleId)).size).toBeGreaterThan(configurable.length / 2);
	});

	it('fingerprints an instruction, wherever it is', () => {
		const prints = (text: string) =>
			runOf(log(folderWith({ Containerfile: text }))).results.flatMap(({ ruleId, partialFingerprints }) => (ruleId === 'package-cache-kept' ? [partialFingerprints] : []));
		const [one] = prints(wasteful);
		expect(prints(`# moved\n\n${wasteful.replace('dnf -y', 'dnf \\\n    -y')}`)).toEqual([one]);
		expect(prints(wasteful.replace('nginx', 'httpd'))).not.toEqual([one]);
	});

	it('names what is outside of the folder as it is', () => {
		const cwd = folderWith({ 'a/Containerfile': wasteful, 'b/c': '' });
		const [artifact] = runOf(log(join(cwd, 'b'), ['../a'])).artifacts ?? [];
		expect(artifact?.location).toEqual({ uri: pathToFileURL(join(cwd, 'a/Containerfile')).href });
	});

	it('is valid by the schema of OASIS', () => {
		const { id: _id, $schema: _draft, ...schema } = JSON.parse(readFileSync(schemaFile, 'utf8').replaceAll('"id": "', '"$id": "'));
		const isValid = new Ajv({ strict: false, validateFormats: false, allErrors: true, unicodeRegExp: false }).compile(schema);
		const check = (written: Log) => expect({ valid: isValid(written), errors: isValid.errors ?? [] }).toEqual({ valid: true, errors: [] });
		for (const files of Object.values(inputs)) {
			const cwd = folderWith(files);
			check(log(cwd));
			check(log(cwd, ['.', 'missing']));
		}
		check(log(folderWith({}), ['missing']));
		expect(isValid({ version: '2.1.0', runs: [{}] })).toBe(false);
	});
});
