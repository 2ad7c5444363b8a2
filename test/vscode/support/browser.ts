import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { onTestFinished } from 'vitest';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Why no browser can be started here, as the end of a sentence; undefined where one can. */
export function whyNoBrowser(): string | undefined {
	return browserProgram() === undefined ? `no browser was found (${names.join(', ')} on PATH, or CHROMIUM_PATH); on Debian: apt-get install chromium` : undefined;
}

/** Starts the browser, headless, until the test is over. The sandbox is off because Chromium refuses to run as root with it; only the editor under test is opened. */
export async function launchBrowser(): Promise<Browser> {
	const executablePath = browserProgram();
	if (executablePath === undefined) {
		throw new Error(`Cannot start a browser: ${whyNoBrowser()}`);
	}
	const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet] });
	onTestFinished(() => browser.close());
	return browser;
}

function browserProgram(): string | undefined {
	const named = process.env['CHROMIUM_PATH'];
	return named ?? names.flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
