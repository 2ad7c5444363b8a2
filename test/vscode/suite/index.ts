import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { type MochaReport, reportVariable } from '../support/mochaReport';

/** Called by the editor in its extension host: runs every file beside this one and writes a report; rejects where something failed. */
export async function run(): Promise<void> {
	const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, forbidOnly: true });
	for (const name of readdirSync(__dirname).filter((name) => name.endsWith('.js') && name !== 'index.js')) {
		mocha.addFile(join(__dirname, name));
	}
	const report = await finished(mocha);
	const file = process.env[reportVariable];
	if (file !== undefined) {
		writeFileSync(file, JSON.stringify(report));
	}
	for (const { title, error } of report.failed) {
		console.error(`${title}\n${error}`);
	}
	if (report.failed.length > 0) {
		throw new Error(`${report.failed.length} of ${report.passed.length + report.failed.length} tests failed in the extension host`);
	}
}

function finished(mocha: Mocha): Promise<MochaReport> {
	return new Promise((resolve) => {
		const passed: string[] = [];
		const skipped: string[] = [];
		const failed: { title: string; error: string }[] = [];
		mocha
			.run(() => resolve({ passed, skipped, failed }))
			.on('pass', (test) => passed.push(test.fullTitle()))
			.on('pending', (test) => skipped.push(test.fullTitle()))
			.on('fail', (test, error: Error) => failed.push({ title: test.fullTitle(), error: error.stack ?? error.message }));
	});
}
