import type { Finding, Severity } from '../advice/advice';
import { type Builder, isOlder } from '../model/context/context';
import { type StageReference, stageReferences } from '../model/stages/stageReferences';
import type { Word } from '../text/span';
import type { Rule } from './rule';

const rewrites = ['portable-platform-stages'];

/** A variable where builders want the name of a stage as it is. */
export const platformInStageName: Rule = {
	id: 'platform-in-stage-name',
	title: 'A stage is named, or copied from, by a variable',
	severity: 'warning',
	concerns: 'build',
	fixable: 'no',
	docs: {
		why: 'The name behind AS and that in `--from=` are names and no templates. BuildKit refuses a variable in either. Podman expands AS since 5.2, and `--from=` only until the stage comes from the cache: the first build works, the second does not find the files. FROM takes variables everywhere: give the stages fixed names, declare `ARG TARGETARCH` before the first FROM, select the stage with `FROM base-${TARGETARCH} AS picked`, and copy from that. The rewrite `portable-platform-stages` does it.',
		before: 'FROM debian:12 AS build-amd64\nFROM debian:12 AS build-arm64\nFROM scratch\nARG TARGETARCH\nCOPY --from=build-${TARGETARCH} /etc/hostname /\n',
		links: ['https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go', 'https://github.com/containers/buildah/issues/6719'],
	},
	*check({ file }, { builder }) {
		for (const { from } of file.stages) {
			const name = from.words[2];
			if (name && hasVariable(name.text)) yield* named(name, builder);
		}
		for (const reference of stageReferences(file)) if (!reference.instruction.onbuild && hasVariable(reference.text)) yield* copied(reference, builder);
	},
};

/** BuildKit: `^[a-z][a-z0-9-_\.]*$` in parse.go. Podman: imagebuilder expands the name since 1.2.13, which podman 5.2 brought. */
function* named({ span, text }: Word, builder: Builder): Iterable<Finding> {
	if (builder.kind === 'buildkit') yield { span, severity: 'error', message: `BuildKit takes no variable in the name of a stage`, rewrites };
	else if (isOlder(builder, [5, 2])) yield { span, message: `podman before 5.2 takes ${text} for the name as it stands, and no platform’s stage is found by it`, rewrites };
	else if (builder.kind === 'any') yield { span, message: 'BuildKit takes no variable in the name of a stage, and podman before 5.2 does not expand it', rewrites };
}

/** Built with podman 4.3.1, 5.4.2 and buildah 1.26 to 1.43; BuildKit's convert.go and, for mounts, commands_runmount.go. */
function* copied({ instruction, span, text }: StageReference, builder: Builder): Iterable<Finding> {
	if (instruction.keyword === 'FROM') return;
	if (builder.kind === 'buildkit') {
		yield { span, severity: 'error', message: `BuildKit takes no variable in ${instruction.keyword === 'RUN' ? 'from= of a mount' : '--from='}`, rewrites };
		return;
	}
	// Of mounts nobody tried what podman does.
	if (instruction.keyword === 'RUN') return;
	// Podman expands the name; what it loses are stages that only a variable names, and a tag or a path is an image's.
	if (/[/:@]/.test(text.replace(/\$\{[^}]*\}/g, ''))) {
		if (builder.kind === 'any') yield { span, message: 'BuildKit takes no variable in --from=', rewrites };
		return;
	}
	const early: { severity: Severity; message: string } = { severity: 'error', message: 'podman before 4.6 finds no stage by a variable in --from=' };
	const cached = 'podman finds no files in a stage that --from= names by a variable as soon as the stage comes from the cache';
	if (builder.version && isOlder(builder, [4, 6])) yield { span, ...early, rewrites };
	else yield { span, message: builder.kind === 'any' ? `BuildKit takes no variable in --from=, and ${cached}` : cached, rewrites };
}

function hasVariable(text: string): boolean {
	return /\$(?:\w|\{)/.test(text);
}
