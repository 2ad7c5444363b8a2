import { spawn } from 'node:child_process';

/** What a program said. */
export interface Outcome {
	readonly code: number | null;
	readonly stdout: string;
	/** Both streams, as they came. */
	readonly output: string;
}

/** Runs a program to its end; that it fails is a value. */
export function attempt(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
	return new Promise((done, failed) => {
		const child = spawn(program, [...args], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
		let stdout = '';
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
			output += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			output += text;
		});
		child.on('error', failed);
		child.on('close', (code) => done({ code, stdout, output }));
	});
}

/** Runs a program that has to work, and returns what it printed. */
export async function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
	const { code, stdout, output } = await attempt(program, args, environment);
	if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with exit code ${code}:\n${output.slice(-4000)}`);
	return stdout;
}
