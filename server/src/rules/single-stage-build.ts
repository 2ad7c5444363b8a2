import type { BuildTool } from '../model/packages/builds';
import { shippedBuild } from '../model/packages/shippedBuild';
import type { StageModel } from '../model/stages/model';
import type { Rule } from './rule';

/** The program is built in the stage that ships, so what it was built with ships too. */
export const singleStageBuild: Rule = {
	id: 'single-stage-build',
	title: 'The image is built in the stage that ships',
	severity: 'info',
	concerns: 'image',
	fixable: 'no',
	docs: {
		why: 'Where the stage that ships is the one that builds, compilers, sources, caches and what only developers need ship with the program. Build in a stage of its own and COPY --from it what came out into a stage on a smaller image. Where that can be written without guessing, Whittle offers it as a rewrite.',
		before: 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/hello .\nCMD ["/usr/local/bin/hello"]\n',
		links: ['https://docs.docker.com/build/building/multi-stage/'],
	},
	*check(model) {
		const found = shippedBuild(model);
		if (!found) return;
		const { build, toolchain, bottom } = found;
		const { name, args, command } = build.invocation;
		const verb = build.verb === undefined ? undefined : args[build.verb];
		const script = build.tool === 'Node.js' && args[0]?.value === 'run' ? 'run ' : '';
		const what = `${build.invocation.program}${verb ? ` ${script}${verb.text}` : ''} runs in the stage that ships`;
		yield {
			span: { start: name?.span.start ?? command.span.start, end: verb?.span.end ?? name?.span.end ?? command.span.end },
			message: `${what}, and ${shipping(toolchain, bottom)}; build in a stage of its own and copy the result into a smaller one`,
			rewrites: rewritesFor[build.tool],
		};
	},
};

/** Rewrites that may apply, best first. */
const rewritesFor: Readonly<Record<BuildTool, readonly string[]>> = {
	Go: ['static-binary-to-scratch', 'split-build-stage'],
	Rust: ['static-binary-to-scratch', 'split-build-stage'],
	C: ['static-binary-to-scratch', 'split-build-stage'],
	Java: ['split-build-stage', 'jlink-runtime'],
	'.NET': ['split-build-stage'],
	'Node.js': ['split-build-stage'],
	other: ['split-build-stage'],
};

function shipping(toolchain: 'base' | 'tools' | 'dependencies', { stage }: StageModel): string {
	if (toolchain === 'base') return `${stage.image?.text ?? 'the base'}, which is made for building, ships with it`;
	return toolchain === 'tools' ? 'the tools that build ship with it' : 'sources and what only developers need ship with it';
}
