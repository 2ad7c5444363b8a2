import type { Finding } from '../advice/advice';
import { keptTools } from '../model/packages/keptTools';
import { shippedBuild, startsCompiler } from '../model/packages/shippedBuild';
import { isForCompiled, mayCompile, usesTools } from '../model/packages/toolsInUse';
import { isWorkplace } from '../model/purpose/toolbox';
import type { Model, StageModel } from '../model/stages/model';
import type { Word } from '../text/span';
import type { Rule } from './rule';

/** Compilers, headers or a whole SDK are in the image that ships. */
export const buildToolsShipped: Rule = {
	id: 'build-tools-shipped',
	title: 'Tools that only building needs are shipped',
	severity: 'info',
	concerns: 'image',
	fixable: 'no',
	docs: {
		why: 'Compilers, headers and build systems are needed while the program is built. In the image that runs they take room, hundreds of megabytes as a rule, and give an intruder what he would otherwise have to bring. Build in a stage of its own and COPY --from it what came out; or install, build and remove within one RUN.',
		before:
			'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*\nCOPY hello.c /src/\nRUN gcc -o /usr/local/bin/hello /src/hello.c\nCMD ["hello"]\n',
		links: ['https://docs.docker.com/build/building/multi-stage/'],
	},
	*check(model, { oneLayer }) {
		const stages = model.stages.filter(({ ships }) => ships);
		const bottom = stages[0];
		if (!bottom || isWorkplace(model) || usesTools(model) || mayCompile(model, bottom)) return;
		// Where the image starts what it builds, that is what there is to tell.
		if (isLeftSdk(model, bottom, stages) && bottom.stage.image) {
			yield {
				span: bottom.stage.image.span,
				message: `${bottom.stage.image.text} is made for building, and all of it is shipped: build in a stage of its own and copy the result into a smaller one`,
			};
		}
		// There the base is what there is to tell, and all that is added to it goes with it.
		if (isForCompiled(bottom)) return;
		for (const { kept } of keptTools(model, oneLayer)) yield* report(model, kept);
	},
};

/** Whether the base is made for building, and nothing tells that this is what somebody wants: who copies out of another stage knows how to leave it behind. */
function isLeftSdk(model: Model, { image }: StageModel, stages: readonly StageModel[]): boolean {
	if (image?.kind !== 'sdk' || (image.siblings?.length && !builds(stages)) || shippedBuild(model) || startsCompiler(model)) return false;
	return !stages.some(({ stage }) => stage.instructions.some(({ keyword, flags }) => keyword === 'COPY' && flags.some(({ name }) => name === 'from')));
}

function* report({ file }: Model, [first, ...others]: readonly Word[]): Iterable<Finding> {
	if (!first) return;
	const names = [first, ...others].slice(0, 3).map(({ span, held, text }) => (held ? text : file.text.slice(span.start, span.end)));
	const more = others.length > 2 ? ` and ${others.length - 2} more` : '';
	yield {
		span: first.span,
		message: `${names.join(', ')}${more} ${others.length === 0 ? 'is' : 'are'} only needed to build, and ${others.length === 0 ? 'stays' : 'stay'} in the image`,
		related: others.filter(({ held }) => !held).map(({ span }) => ({ span, message: 'only needed to build, too' })),
	};
}

/** Whether something is built; where nothing is, a smaller sibling of the image is the cure, if it has one. */
function builds(stages: readonly StageModel[]): boolean {
	const builders = /^(?:make|cmake|gcc|g\+\+|cc|javac|mvnw?|gradlew?|ant|sbt|go|cargo|rustc|dotnet|ghc|stack|cabal|swift|zig)$/;
	return stages.some(({ runs }) => runs.some(({ invocations }) => invocations.some(({ program }) => program !== undefined && builders.test(program))));
}
