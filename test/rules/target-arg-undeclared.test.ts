import { describe, expect, it } from 'vitest';
import type { Context } from '../../server/src/model/context/context';
import { targetArgUndeclared } from '../../server/src/rules/target-arg-undeclared';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unmark } from '../support/rules';

describe('target-arg-undeclared finds', () => {
	it.each([
		['RUN', 'FROM debian\nRUN curl -fO https://x/«$TARGETARCH»/a\n'],
		['braces and quotes', 'FROM debian\nRUN echo "it is «${TARGETARCH}»"\n'],
		['case', 'FROM debian\nRUN case "«$TARGETARCH»" in amd64) a ;; esac\n'],
		['a part of the value', 'FROM debian\nRUN echo «${TARGETPLATFORM#linux/}»\n'],
		['an argument of sh -c', 'FROM debian\nRUN ["sh", "-c", "echo «$TARGETARCH»"]\n'],
		['a RUN that is a here-document', 'FROM debian\nRUN <<EOF\necho «$TARGETARCH»\nEOF\n'],
		['a here-document that the shell expands', 'FROM debian\nRUN cat <<EOF > /arch\n«$TARGETARCH»\nEOF\n'],
		['a here-document of COPY', 'FROM debian\nCOPY <<EOF /arch\n«$TARGETARCH»\nEOF\n'],
		['COPY', 'FROM scratch\nCOPY bin/app-«$TARGETARCH» /app\n'],
		['ENV', 'FROM debian\nENV ARCH=«$TARGETARCH»\n'],
		['ARG', 'FROM debian\nARG ARCH=«$TARGETARCH»\n'],
		['LABEL', 'FROM debian\nLABEL arch="«${TARGETARCH}»"\n'],
		['a mount', 'FROM debian\nRUN --mount=type=cache,id=apt-«$TARGETARCH»,target=/var/cache/apt true\n'],
		['each variable once', 'FROM debian\nRUN echo «$TARGETOS»/«$TARGETARCH»\nRUN echo $TARGETOS/$TARGETARCH\n'],
		['an ARG that comes too late', 'FROM debian\nRUN echo «$TARGETARCH»\nARG TARGETARCH\n'],
		['an ARG of another stage', 'FROM debian AS a\nARG TARGETARCH\nFROM debian\nRUN echo «$TARGETARCH»\n'],
		['the building machine’s platform', 'FROM debian\nRUN echo «$BUILDPLATFORM»\n'],
		['a single quote within double ones', `FROM debian\nRUN echo "it's «$TARGETARCH»"\n`],
		['behind a comment line with an apostrophe', `FROM debian\nRUN a \\\n    # it's here\n    && echo «$TARGETARCH»\n`],
	])('%s', (_what, text) => {
		for (const { message } of finds(targetArgUndeclared, text)) expect(message).toMatch(/^[A-Z]+ is empty here: no ARG of this stage declares it$/);
	});

	it('an ARG before the first FROM, which it points to', () => {
		const [finding] = finds(targetArgUndeclared, 'ARG TARGETARCH\nFROM debian\nRUN echo «$TARGETARCH»\n');
		expect(finding?.message).toBe('TARGETARCH is empty here: the ARG before the first FROM counts for FROM alone');
		expect(finding?.related?.map(({ span }) => span)).toEqual([{ start: 0, end: 14 }]);
	});

	it('a default that is always taken', () => {
		const [finding] = finds(targetArgUndeclared, 'FROM debian\nRUN curl -fO https://x/«${TARGETARCH:-amd64}»/a\n');
		expect(finding?.message).toBe('TARGETARCH is never set here, so that this is always amd64: no ARG of this stage declares it');
	});

	it('a FROM for podman before 5.2, which knows no platform there by itself', () => {
		const text = 'FROM debian AS base-amd64\nFROM base-«$TARGETARCH»\nRUN true\n';
		for (const builder of [{ kind: 'podman' }, { kind: 'podman', version: [5, 1] }] as const) {
			const [finding] = finds(targetArgUndeclared, text, { builder });
			expect(finding?.rewrites).toEqual(['portable-platform-stages']);
		}
		for (const builder of [{ kind: 'any' }, { kind: 'buildkit' }, { kind: 'podman', version: [5, 2] }] as const) silent(targetArgUndeclared, unmark(text).text, { builder });
		silent(targetArgUndeclared, `ARG TARGETARCH\n${unmark(text).text}`, { builder: { kind: 'podman' } });
		fixes(targetArgUndeclared, '# both\nFROM a-$TARGETARCH\nRUN true\n', 'ARG TARGETARCH\n\n# both\nFROM a-$TARGETARCH\nRUN true\n', 'suggested', { builder: { kind: 'podman' } });
	});
});

describe('target-arg-undeclared is silent on', () => {
	it.each([
		['a declared variable', 'FROM debian\nARG TARGETARCH\nRUN echo $TARGETARCH\n'],
		['one of several that an ARG declares', 'FROM debian\nARG TARGETOS TARGETARCH\nRUN echo $TARGETARCH\n'],
		['one that the stage below declares', 'FROM debian AS a\nARG TARGETARCH\nFROM a\nRUN echo $TARGETARCH\n'],
		['an ENV of that name', 'FROM debian\nENV TARGETARCH=amd64\nRUN echo $TARGETARCH\n'],
		['a RUN that sets it', 'FROM debian\nRUN TARGETARCH=$(uname -m) && echo $TARGETARCH\n'],
		['a RUN that exports it', 'FROM debian\nRUN export TARGETARCH="$(dpkg --print-architecture)"; echo $TARGETARCH\n'],
		['a command that is given it', 'FROM debian\nRUN TARGETARCH=amd64 make image && TARGETARCH=arm64 make image-$TARGETARCH\n'],
		['a RUN that sets it where it is empty', 'FROM debian\nRUN : "${TARGETARCH:=$(uname -m)}" && echo $TARGETARCH\n'],
		['a default that is computed', 'FROM debian\nRUN echo ${TARGETARCH:-$(uname -m)}\n'],
		['a loop over it', 'FROM debian\nRUN for TARGETARCH in amd64 arm64; do echo $TARGETARCH; done\n'],
		['a script that may set it', 'FROM debian\nRUN . /etc/build.env && echo $TARGETARCH\n'],
		['single quotes', `FROM debian\nRUN echo 'echo $TARGETARCH' > /a.sh\n`],
		['single quotes in ENV', `FROM debian\nENV A='$TARGETARCH'\n`],
		['an escape', 'FROM debian\nRUN echo \\$TARGETARCH\nENV A=\\$TARGETARCH\n'],
		['a quoted here-document', `FROM debian\nRUN cat <<'EOF' > /a.sh\necho $TARGETARCH\nEOF\nCOPY <<'EOF' /b\n$TARGETARCH\nEOF\n`],
		['a quoted here-document in one', `FROM debian\nRUN <<EOF\ncat > /a.sh <<'END'\necho $TARGETARCH\nEND\nEOF\n`],
		['a comment', 'FROM debian\n# $TARGETARCH\nRUN a \\\n  # $TARGETARCH\n  && b # $TARGETARCH\n'],
		['another name', 'FROM debian\nRUN echo $TARGETARCHES $MY_TARGETARCH ${TARGET}\n'],
		['what runs later', 'FROM debian\nCMD echo $TARGETARCH\nENTRYPOINT ["sh", "-c", "echo $TARGETARCH"]\n'],
		['FROM', 'FROM --platform=$BUILDPLATFORM debian\nRUN true\n'],
		['ONBUILD', 'FROM debian\nONBUILD RUN echo $TARGETARCH\n'],
		['another interpreter', 'FROM debian\nRUN <<EOF\n#!/usr/bin/perl\nprint $TARGETARCH\nEOF\n'],
		['another shell', 'FROM mcr.microsoft.com/windows/servercore\nSHELL ["powershell"]\nRUN echo $TARGETARCH\n'],
	])('%s', (_what, text) => silent(targetArgUndeclared, text));
});

describe('target-arg-undeclared repairs', () => {
	it.each([
		['right before the instruction', 'FROM debian\nRUN a\nRUN echo $TARGETARCH\n', 'FROM debian\nRUN a\nARG TARGETARCH\nRUN echo $TARGETARCH\n'],
		['above its comment', 'FROM debian\n\n# for it\nRUN echo $TARGETARCH\n', 'FROM debian\n\nARG TARGETARCH\n# for it\nRUN echo $TARGETARCH\n'],
		['with the file’s line ends', 'FROM debian\r\nRUN echo $TARGETARCH\r\n', 'FROM debian\r\nARG TARGETARCH\r\nRUN echo $TARGETARCH\r\n'],
		['before a here-document', 'FROM debian\nRUN <<EOF\necho $TARGETARCH\nEOF', 'FROM debian\nARG TARGETARCH\nRUN <<EOF\necho $TARGETARCH\nEOF'],
		['in the last line', 'FROM debian\nCOPY $TARGETARCH /', 'FROM debian\nARG TARGETARCH\nCOPY $TARGETARCH /'],
	])('%s', (_what, before, after) => {
		fixes(targetArgUndeclared, before, after, 'suggested');
		expect(checkLaws(before)).toEqual([]);
	});

	it('a FROM, before the first instruction', () => {
		const context: Context = { builder: { kind: 'podman' } };
		for (const text of ['# both\nFROM a-$TARGETARCH\nRUN echo $TARGETARCH\n', '# syntax=docker/dockerfile:1\nARG A=1\nFROM a-$TARGETOS-${TARGETARCH}\n'])
			expect(checkLaws(text, context)).toEqual([]);
	});

	it('two of an instruction one after the other, for each stage of its own', () => {
		expect(checkLaws('ARG TARGETARCH\nFROM debian AS a\nRUN echo $TARGETOS $TARGETARCH\nFROM debian\nRUN echo $TARGETARCH\nFROM a\nRUN echo $TARGETARCH\n')).toEqual([]);
	});
});
