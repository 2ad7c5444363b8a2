import type { Finding } from '../advice/advice';
import { isBuildPackage } from '../model/catalog/buildTools';
import { plainName } from '../model/catalog/packageName';
import { type Model, type Run, runsInLayer, type StageModel } from '../model/model';
import type { Operation } from '../model/operation';
import { isRemovedBy } from '../model/removedPackages';
import { shippedBuild, startsCompiler } from '../model/shippedBuild';
import { isWorkplace } from '../model/toolbox';
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
		if (isWorkplace(model)) return;
		const bottom = stages[0];
		// Where the image starts what it builds, that is what there is to tell.
		if (bottom?.image?.kind === 'sdk' && bottom.stage.image && (!bottom.image.siblings?.length || builds(stages)) && !shippedBuild(model) && !startsCompiler(model)) {
			yield {
				span: bottom.stage.image.span,
				message: `${bottom.stage.image.text} is made for building, and all of it is shipped: build in a stage of its own and copy the result into a smaller one`,
			};
		}
		const told = new Set<string>(bottom?.image?.brings);
		for (const stage of stages) for (const run of stage.runs) for (const operation of run.operations) yield* shipped(model, operation, runsInLayer(model, run, oneLayer), told);
	},
};

/** `alike`: the RUNs that end in the same layer. `told`: names of packages that nothing is to be said of any more, and those told of are added. */
function* shipped({ file }: Model, operation: Operation, alike: readonly Run[], told: Set<string>): Iterable<Finding> {
	const family = operation.managers[0]?.family;
	if (operation.action !== 'install' || operation.root !== undefined || !family) return;
	const tools = operation.operands.filter(({ value }) => {
		if (value === undefined || told.has(plainName(value, family)) || !isBuildPackage(value, family) || alike.some((one) => isRemovedBy(one, operation, value))) return false;
		told.add(plainName(value, family));
		return true;
	});
	const [first, ...others] = tools;
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
