/// <reference lib="dom" />
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { errors, type Locator, type Page } from 'playwright-core';
import type { ServedEditor } from '../../../scripts/editor/serve.mjs';
import { launchBrowser } from './browser';
import { pictures } from './places';

/** What a person does in a VS Code window, with mouse and keyboard only. */
export interface Workbench {
	readonly page: Page;
	/** Opens a file from the Explorer: its path in the folder, with `/`. */
	open(file: string): Promise<void>;
	/** The underlined places of the open file. */
	readonly squiggles: Locator;
	/** Shows the Problems panel and gives its entries. */
	problems(): Promise<Locator>;
	/** Puts the cursor into the first line that contains the text, on the text. */
	clickOn(text: string): Promise<void>;
	/** Rests the mouse on a text of the open file until the hover is there. */
	hoverOn(text: string): Promise<Locator>;
	/** Opens the light-bulb menu at the cursor and gives its entries. */
	lightBulb(): Promise<Locator>;
	/** Runs a command of the palette by its title. */
	command(title: string): Promise<void>;
	/** Opens the menu of a command that shows one at the cursor (`Source Action...`) and gives its entries. */
	menuOf(command: string): Promise<Locator>;
	/** The entries of the list that a command of the palette asks to choose from. */
	choicesOf(command: string): Promise<Locator>;
	/** The question that has to be answered before anything else. */
	readonly dialog: Locator;
	/** Answers it with the button of that name. */
	answer(button: string): Promise<void>;
	/** Saves the open file, which has changes, and waits until its tab says so. */
	save(): Promise<void>;
	/** Takes a picture of the window. */
	picture(name: string): Promise<void>;
}

/** Opens a folder in a window of 1200 by 760 pixels. */
export async function openWorkbench(editor: ServedEditor, folder: string): Promise<Workbench> {
	const browser = await launchBrowser();
	const page = await browser.newPage({ viewport: { width: 1200, height: 760 } });
	page.setDefaultTimeout(30_000);
	await page.goto(editor.address(folder));
	await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
	const menu = page.locator('.action-widget .monaco-list-row.action');
	const hover = page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
	const lineWith = (text: string) => page.locator('.editor-instance .view-line', { hasText: text }).first();
	const row = (name: string) => page.locator('.explorer-folders-view .monaco-list-row').getByText(name, { exact: true }).first();
	const pressForMenu = async (act: () => Promise<void>) => {
		// The editor drops a wanted menu when it looks for light bulbs by itself meanwhile, as it does when findings come in: a person presses again.
		const comes = async () => {
			await act();
			return menu
				.first()
				.waitFor({ timeout: 10_000 })
				.then(() => true)
				.catch(() => false);
		};
		if (!(await comes()) && !(await comes())) throw new Error(`No menu came. ${await situation(page)}`);
		// The editor holds back clicks on a menu until the mouse has moved.
		await menu.first().hover({ force: true });
		return menu;
	};
	const palette = async (text: string, entry: string) => {
		const input = page.locator('.quick-input-widget input').first();
		const wanted = page.locator('.quick-input-list .monaco-list-row', { hasText: entry }).first();
		// The palette closes when something else takes the keyboard, as an editor that has just opened may: a person presses again.
		const chosen = async () => {
			try {
				await page.keyboard.press('F1');
				await input.fill(text, { timeout: 10_000 });
				await wanted.click({ timeout: 10_000 });
				return true;
			} catch (error) {
				if (error instanceof errors.TimeoutError) return false;
				throw error;
			}
		};
		if (await chosen()) return;
		const before = await situation(page);
		await page.keyboard.press('Escape');
		if (!(await chosen())) throw new Error(`The palette does not offer "${entry}". First: ${before} Then: ${await situation(page)}`);
	};
	const workbench: Workbench = {
		page,
		open: async (file) => {
			const names = file.split('/');
			for (const name of names.slice(0, -1)) {
				await row(name).click();
			}
			await row(names.at(-1) ?? file).dblclick();
			await page.locator('.tab.active', { hasText: names.at(-1) ?? file }).waitFor();
		},
		squiggles: page.locator('.editor-instance .squiggly-error, .editor-instance .squiggly-warning, .editor-instance .squiggly-info'),
		problems: async () => {
			await page.keyboard.press('Control+Shift+M');
			const entries = page.locator('.markers-panel .monaco-list-row');
			await entries.first().waitFor();
			return entries;
		},
		clickOn: (text) => clickText(page, lineWith(text), text),
		hoverOn: async (text) => {
			const { x, y } = await middleOf(lineWith(text), text);
			await page.mouse.move(x + 40, y);
			await page.mouse.move(x, y, { steps: 5 });
			await hover.waitFor();
			// It fades in.
			await hover.evaluate((element) => Promise.all((element.closest('.monaco-hover') ?? element).getAnimations().map(({ finished }) => finished)));
			return hover;
		},
		lightBulb: () => pressForMenu(() => page.keyboard.press('Control+.')),
		command: (title) => palette(`>${title}`, title),
		menuOf: (title) => pressForMenu(() => workbench.command(title)),
		choicesOf: async (title) => {
			await workbench.command(title);
			const rows = page.locator('.quick-input-list .monaco-list-row');
			await page.locator('.quick-input-title', { hasText: /./ }).waitFor();
			await rows.first().waitFor();
			return rows;
		},
		dialog: page.locator('.monaco-dialog-box'),
		answer: async (button) => {
			await workbench.dialog.getByRole('button', { name: button, exact: true }).click();
		},
		save: async () => {
			await page.locator('.tab.active.dirty').waitFor();
			await page.keyboard.press('Control+S');
			await page.locator('.tab.active:not(.dirty)').waitFor();
		},
		picture: async (name) => {
			const path = join(pictures, editorFolder(editor), `${name}.png`);
			mkdirSync(dirname(path), { recursive: true });
			await page.screenshot({ path });
		},
	};
	return workbench;
}

/** What a person would see who wonders why nothing happens, for the message of a failing test. */
function situation(page: Page): Promise<string> {
	return page.evaluate(() => {
		const said = document.querySelector('.monaco-editor-overlaymessage')?.textContent ?? 'nothing';
		const cursor = document.querySelector('[id="status.editor.selection"]')?.textContent ?? 'unknown';
		const palette = document.querySelector<HTMLElement>('.quick-input-widget');
		const offered =
			palette && palette.style.display !== 'none' ? `"${palette.querySelector('input')?.value}" with "${palette.querySelector('.quick-input-list')?.textContent}"` : 'closed';
		return `The editor says ${said}; the cursor is at ${cursor}; the keyboard's focus is in "${document.activeElement?.className}"; the palette is ${offered}.`;
	});
}

function editorFolder(editor: ServedEditor): string {
	return `vscode-${editor.version.vscode}`;
}

async function clickText(page: Page, line: Locator, text: string): Promise<void> {
	const { x, y } = await middleOf(line, text);
	await page.mouse.click(x, y);
}

/** Where on the screen a piece of a line is: the editor splits lines into spans as it colours them, so the text's own rectangle is asked for. */
async function middleOf(line: Locator, text: string): Promise<{ x: number; y: number }> {
	await line.waitFor();
	return line.evaluate((element, wanted) => {
		const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		const nodes: Text[] = [];
		while (walker.nextNode()) nodes.push(walker.currentNode as Text);
		const all = nodes
			.map((node) => node.data)
			.join('')
			.replaceAll('\u00a0', ' ');
		const place = (offset: number) => {
			let rest = offset;
			for (const node of nodes) {
				if (rest <= node.length) return { node, rest };
				rest -= node.length;
			}
			throw new Error(`offset ${offset} is outside the line`);
		};
		const from = place(all.indexOf(wanted));
		const to = place(all.indexOf(wanted) + wanted.length);
		const range = document.createRange();
		range.setStart(from.node, from.rest);
		range.setEnd(to.node, to.rest);
		const box = range.getBoundingClientRect();
		return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	}, text);
}
