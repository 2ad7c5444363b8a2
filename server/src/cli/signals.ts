const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Lets a signal end the program between two files and not within one: files are not left half written, and `before` may clear the terminal. Gives a function that takes this back. */
export function endBetweenFiles(before: () => void): () => void {
	const forget = (): void => {
		for (const signal of signals) process.off(signal, end);
	};
	const end = (signal: NodeJS.Signals): void => {
		before();
		forget();
		// Whoever started this program learns that a signal ended it.
		process.kill(process.pid, signal);
	};
	for (const signal of signals) process.on(signal, end);
	return forget;
}
