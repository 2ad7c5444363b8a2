import { counted } from './report';

/** Says on a terminal how far a long run has come, on a line that goes again. */
export interface Progress {
	/** Another file is done. */
	step(): void;
	/** Takes the line away, before something else is written to the same terminal. */
	hide(): void;
}

/** Nobody needs to hear of what is over at once. In milliseconds. */
const patience = 1000;
const pace = 100;

/** For a terminal that can take a line back and in front of which somebody sits; elsewhere nothing is ever written. `now` is in milliseconds. */
export function progressOn(
	stream: { readonly isTTY?: boolean; write(text: string): unknown },
	environment: Readonly<Record<string, string | undefined>>,
	now: () => number = () => performance.now(),
): Progress {
	if (stream.isTTY !== true || environment['TERM'] === 'dumb' || !/^(?:|0|false)$/i.test(environment['CI'] ?? '')) return { step: () => undefined, hide: () => undefined };
	let files = 0;
	let next = now() + patience;
	let isShown = false;
	return {
		step: () => {
			files++;
			if (now() < next) return;
			next = now() + pace;
			isShown = true;
			stream.write(`\r\u001b[Kwhittle: ${counted(files, 'file')} looked at`);
		},
		hide: () => {
			if (isShown) stream.write('\r\u001b[K');
			isShown = false;
		},
	};
}
