import { describe, expect, it } from 'vitest';
import type { Progress } from '../../server/src/podman/events';
import { locate } from '../../server/src/podman/locate';
import { failedAt, parseProgress, withProgress } from '../../server/src/podman/progress';
import { slice } from '../../server/src/text/span';

/** A file and what podman 4.3.1 wrote when it built it. */
const text = `# syntax=docker/dockerfile:1
ARG BASE=127.0.0.1:5321/bb:1
ARG OTHER=x
FROM $BASE AS unused
RUN echo never

FROM $BASE AS builder
ARG TARGETARCH OTHER
ENV A="x y" B=$TARGETARCH
# a comment
RUN mkdir -p /output && \\
    # inside
    echo "a \\"quoted\\" $A" > /output/a

WORKDIR /output
COPY --chown=1:1 hello \\
     /output/hello
LABEL a="b c"

FROM builder AS second
RUN echo "q" && exit 42
ONBUILD RUN echo triggered
ONBUILD COPY hello /triggered

FROM scratch
COPY --from=second /output /
ENTRYPOINT ["/a", "b"]
CMD ["x"]
`;

const written = `[2/4] STEP 1/7: FROM 127.0.0.1:5321/bb:1 AS builder
[2/4] STEP 2/7: ARG TARGETARCH OTHER
[2/4] STEP 3/7: ENV A="x y" B=$TARGETARCH
[2/4] STEP 4/7: RUN mkdir -p /output &&     echo "a \\"quoted\\" $A" > /output/a
[2/4] STEP 5/7: WORKDIR /output
[2/4] STEP 6/7: COPY --chown=1:1 hello      /output/hello
[2/4] STEP 7/7: LABEL a="b c"
[3/4] STEP 1/4: FROM aea5991d1baa0ccbb34b6fc55daa737ad384af1a10eb31ca617db4a465029c19 AS second
[3/4] STEP 2/4: RUN echo "q" && exit 42
[3/4] STEP 3/4: ONBUILD RUN echo triggered
[3/4] STEP 4/4: ONBUILD COPY hello /triggered
[4/4] STEP 1/4: FROM scratch
[4/4] STEP 2/4: COPY --from=second /output /
[4/4] STEP 3/4: ENTRYPOINT ["/a", "b"]
[4/4] STEP 4/4: CMD ["x"]`.split('\n');

const keywordOf = (words: string) => words.split(' ', 1)[0];

describe('the instruction that podman is at', () => {
	it.for([
		['STEP 1/3: FROM x', { instruction: 1, of: 3, text: 'FROM x' }],
		['[2/3] STEP 1/4: FROM scratch', { stage: { number: 2, of: 3 }, instruction: 1, of: 4, text: 'FROM scratch' }],
		['[linux/arm64] [2/3] STEP 1/4: FROM scratch', { platform: 'linux/arm64', stage: { number: 2, of: 3 }, instruction: 1, of: 4, text: 'FROM scratch' }],
		['[linux/arm/v7] STEP 2/4: RUN a: b', { platform: 'linux/arm/v7', instruction: 2, of: 4, text: 'RUN a: b' }],
		['[linux/arm64@node] [1/3] STEP 1/4: FROM x', { platform: 'linux/arm64', stage: { number: 1, of: 3 }, instruction: 1, of: 4, text: 'FROM x' }],
		['--> Using cache e2e3fb791b1154342b4616449de98090d26b21fd85b42f2f2ae83298f138d031', undefined],
		['[linux/amd64] [3/3] COMMIT', undefined],
		['[Warning] one or more build args were not consumed: [TARGETOS TARGETPLATFORM]', undefined],
		['echo STEP 1/3: FROM x', undefined],
	] as const)('is read from %j', ([line, progress]) => expect(parseProgress(line)).toEqual(progress));

	it.for(written)('has its place: %s', (line) => {
		const progress = parseProgress(line) as Progress;
		const at = locate(text, progress);
		const found = at ? slice(text, at) : '';
		if (progress.text.startsWith('FROM')) expect(found).toBe({ 2: 'FROM $BASE AS builder', 3: 'FROM builder AS second', 4: 'FROM scratch' }[progress.stage?.number ?? 0]);
		else expect(found.replace(/\\\n(?: *#.*\n)?/g, '').replace(/\s+/g, ' ')).toBe(progress.text.replace(/\s+/g, ' '));
	});

	it('is FROM where the base image brought it', () => {
		const file = 'FROM localhost/recb\nRUN echo own\nRUN false\n';
		const lines = ['STEP 1/3: FROM localhost/recb', 'STEP 2/5: RUN echo triggered', 'STEP 3/5: COPY hello /triggered', 'STEP 4/5: RUN echo own', 'STEP 5/5: RUN false'];
		const found = lines.map((line) => locate(file, parseProgress(line) as Progress)).map((at) => at && slice(file, at));
		expect(found).toEqual(['FROM localhost/recb', 'FROM localhost/recb', 'FROM localhost/recb', 'RUN echo own', 'RUN false']);
	});

	it('has no place in another file', () => {
		const progress = parseProgress('[3/4] STEP 2/4: RUN x') as Progress;
		expect([locate('', progress), locate('FROM a\nFROM b\n', progress), locate('FROM a\nFROM b\nFROM c\nRUN 1\nRUN 2\nRUN 3\nRUN 4\n', progress)]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	it('counts a here-document as one', () => {
		const file = 'FROM a\nRUN <<EOF\nRUN no\nFROM no\nEOF\nRUN last\n';
		const at = locate(file, { instruction: 3, of: 3, text: 'RUN last' });
		expect(at && slice(file, at)).toBe('RUN last');
	});
});

describe('the instruction that failed', () => {
	const begun = (lines: readonly string[]) => lines.map((line) => parseProgress(line) as Progress).reduce<readonly Progress[]>(withProgress, []);
	const step = 'RUN echo "q" && exit 42';
	const stderr = `subprocess exited with status 42\nError: 2 errors occurred:\n\t* building at STEP "${step}": exit status 42\n\t* building at STEP "${step}": exit status 42\n\n\n`;

	it('is the one that podman names', () => {
		expect(failedAt(begun([...written.slice(0, 9), '[4/4] STEP 1/4: FROM scratch']), stderr)).toMatchObject({ instruction: 2, stage: { number: 3 } });
		expect(keywordOf(failedAt(begun(written.slice(0, 1)), 'Error: creating build container: short-name "x" did not resolve')?.text ?? '')).toBe('FROM');
		expect(failedAt(begun(written.slice(0, 3)), 'Error: unknown flag: --x')).toBeUndefined();
		expect(failedAt([], stderr)).toBeUndefined();
	});

	it.for([
		['RUN ["sh", "-c", "exit 3"]', 'RUN sh -c exit 3'],
		['run   false   x', 'RUN false   x'],
		['COPY   nope    /x', 'COPY nope /x'],
		['COPY --chown=1:1 ["$N", "/x y/"]', 'COPY --chown=1:1 $N /x y/'],
		['add "a b"  /', 'ADD "a b" /'],
		['RUN [ -e /x ]', 'RUN [ -e /x ]'],
		['FOO bar', 'FOO '],
	] as const)('is %j, though podman says %j', ([own, said]) => {
		const lines = ['STEP 1/3: FROM x', `STEP 2/3: ${own}`];
		expect(failedAt(begun(lines), `Error: building at STEP "${said}": exit status 3\n`)).toMatchObject({ instruction: 2 });
		const both = lines.flatMap((line) => ['arm64', 'amd64'].map((architecture) => `[linux/${architecture}] ${line}`));
		expect(failedAt(begun([...both, '[linux/amd64] STEP 3/3: RUN true']), `Error: building at STEP "${said}": exit status 3\n`)).toMatchObject({
			instruction: 2,
			platform: 'linux/arm64',
		});
	});

	it('is the COPY --from that finds no stage', () => {
		const lines = ['STEP 1/2: FROM x', 'STEP 2/2: COPY --from=zzz /nope /x'];
		expect(failedAt(begun(lines), 'Error: COPY --from=zzz: no stage or image found with that name\n')).toMatchObject({ instruction: 2 });
	});

	it('is of the platform that did not go on, where podman does not say which', () => {
		const lines = [`[linux/arm64] STEP 2/3: ${step}`, `[linux/amd64] STEP 2/3: ${step}`, '[linux/amd64] STEP 3/3: CMD ["x"]'];
		expect(failedAt(begun(lines), stderr)?.platform).toBe('linux/arm64');
	});

	it('is of the platform that a farm says', () => {
		const lines = [`[linux/arm64@pi] STEP 2/3: ${step}`, `[linux/amd64@pc] STEP 2/3: ${step}`];
		const said = `Error: build: building: 1 error occurred:\n\t* building for "linux/arm64" on "pi": building at STEP "${step}": exit status 42\n`;
		expect(failedAt(begun(lines), said)?.platform).toBe('linux/arm64');
	});

	it('is of the platform that podman 5 says', () => {
		const lines = [`[linux/arm64] STEP 2/3: ${step}`, `[linux/amd64] STEP 2/3: ${step}`];
		expect(failedAt(begun(lines), `Error: 1 error occurred:\n\t* [linux/arm64]: building at STEP "${step}": while running runtime: exit status 42\n`)?.platform).toBe(
			'linux/arm64',
		);
	});
});
