import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds dist/ once, before all tests: what is spawned in them is what is shipped. */
export default function setup(): void {
	execFileSync(process.execPath, [join(__dirname, '../../scripts/build.mjs')], { stdio: 'inherit' });
}
