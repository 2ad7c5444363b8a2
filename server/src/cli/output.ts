import { errorCode } from '../disk/refusal';

/** Where results are written, a piece at a time. */
export interface Output {
	/** Writes sooner or later; waits where the reader is slower than we are. */
	write(text: string): Promise<void>;
	/** Writes what is still held. */
	end(): Promise<void>;
	/** Whether the reader has gone (`whittle lint | head`), so that nobody needs the rest. */
	readonly unread: boolean;
}

/** How much is held before it is written, in UTF-16 units: a system call for each file would cost more than the file. */
const chunk = 64 * 1024;

/** Writes to a stream, in chunks unless a person watches. `before` is called before anything appears there. */
export function outputTo(stream: NodeJS.WriteStream, before: () => void = () => undefined): Output {
	let held = '';
	let unread = false;
	stream.once('error', (error) => {
		unread ||= errorCode(error) === 'EPIPE';
	});
	const flush = async (): Promise<void> => {
		if (held === '' || unread) return;
		const text = held;
		held = '';
		before();
		// What is wrong is told where the streams are watched.
		await new Promise<void>((done) => {
			if (stream.write(text, () => done())) done();
		});
	};
	return {
		write: async (text) => {
			held += text;
			if (held.length >= chunk || stream.isTTY) await flush();
		},
		end: flush,
		get unread() {
			return unread;
		},
	};
}
