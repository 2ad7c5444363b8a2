// Finds a VS Code that is installed on this machine the usual way.
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * The `code` command that can open a window here; undefined where there is none, no screen, or where it belongs to the Windows outside a WSL.
 * @returns {string | undefined}
 */
export function desktopCommand() {
	return hasScreen() && process.env['WSL_DISTRO_NAME'] === undefined ? onPath(process.platform === 'win32' ? 'code.cmd' : 'code') : undefined;
}

/**
 * The program that `@vscode/test-electron` can start: VSCODE_PATH, or what is behind the `code` command; undefined where there is none.
 * @returns {string | undefined}
 */
export function desktopProgram() {
	const named = process.env['VSCODE_PATH'];
	if (named) {
		return named;
	}
	const command = desktopCommand();
	if (command === undefined) {
		return undefined;
	}
	const home = dirname(dirname(realpathSync(command)));
	const mac = join(home, '..', '..', 'MacOS');
	return [join(home, 'code'), join(home, 'Code.exe'), join(mac, 'Electron'), join(mac, 'Code')].find((path) => existsSync(path));
}

/**
 * Whether a window can be opened on this machine.
 * @returns {boolean}
 */
export function hasScreen() {
	return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * The first program of that name on PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
	return (process.env['PATH'] ?? '')
		.split(delimiter)
		.map((folder) => join(folder, name))
		.find((path) => {
			try {
				accessSync(path, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		});
}
