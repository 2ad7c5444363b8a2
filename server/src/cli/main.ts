import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../disk/refusal';
import { whittleVersion } from '../disk/version';
import { type Request, readArguments } from './arguments';
import { basesCommand } from './basesCommand';
import { buildCommand } from './buildCommand';
import { fixCommand } from './fixCommand';
import { helpOf } from './help';
import { lintCommand } from './lintCommand';
import { complain, firstLine } from './report';
import { rewriteCommand } from './rewriteCommand';
import { explainCommand, rulesCommand } from './rulesCommand';
import { styleOf } from './style';
import { servesAsThread } from './threads';

if (!servesAsThread()) main();

function main(): void {
	for (const stream of [process.stdout, process.stderr]) {
		stream.on('error', (error) => {
			// Whoever reads the output may have seen enough (`whittle lint | head`); the exit status is that of the lint all the same.
			if (errorCode(error) === 'EPIPE') return;
			process.exitCode = 2;
			if (stream === process.stdout) complain(`the output could not be written (${errorCode(error) ?? error.message})`);
		});
	}

	void run(readArguments(process.argv.slice(2))).then((status) => {
		if (status !== undefined) process.exitCode = Math.max(status, Number(process.exitCode ?? 0));
	});
}

/** The exit status; undefined for a server, which runs on. */
async function run(request: Request): Promise<number | undefined> {
	try {
		return await answer(request);
	} catch (error) {
		complain(`Whittle itself failed, which is a bug in it (${firstLine(error)}). Please report it`);
		return 2;
	}
}

async function answer(request: Request): Promise<number | undefined> {
	switch (request.kind) {
		case 'mistake':
			complain(request.message);
			return 2;
		case 'version':
			process.stdout.write(`${whittleVersion()}\n`);
			return 0;
		case 'help':
			process.stdout.write(helpOf(request.command, styleOf(process.stdout, process.env)));
			return 0;
		case 'run':
			break;
	}
	switch (request.command) {
		case 'lint':
			return lintCommand(request.paths, request.options);
		case 'fix':
			return fixCommand(request.paths, request.options);
		case 'rewrite':
			return rewriteCommand(request.paths, request.options);
		case 'bases':
			return basesCommand(request.paths, request.options);
		case 'build':
			return buildCommand(request.paths, request.options);
		case 'explain':
			return explainCommand(request.paths);
		case 'rules':
			return rulesCommand(request.options);
		case 'lsp':
			return startServer();
	}
}

/** The server is a program of its own beside this one, so that a lint does not load it. */
function startServer(): number | undefined {
	const server = join(__dirname, 'server.js');
	if (!existsSync(server)) {
		complain(`the language server is missing: ${server} is not there. Install Whittle again`);
		return 2;
	}
	require(server);
	return undefined;
}
