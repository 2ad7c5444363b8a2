import { remember } from '../basics/remember';
import { isBuildPackage } from '../catalog/buildTools';
import type { Operation } from '../commands/operation';
import { isForDevelopers } from '../purpose/developers';
import { isForBuilding } from '../purpose/purpose';
import { programOf, type Started, startedBy } from '../purpose/started';
import type { Model, StageModel } from '../stages/model';
import { isWindows } from '../stages/windows';
import { type Build, type BuildTool, shippedBuilds } from './builds';

/** A build in an image that is shipped and starts what was built, so that all it took to build ships too. */
export interface ShippedBuild {
	/** The last such command. */
	readonly build: Build;
	/** What ships for nothing: the base, where that is an image made for building, the tools, or what only developers need. */
	readonly toolchain: 'base' | 'tools' | 'dependencies';
	/** The bottom of the stages that ship. */
	readonly bottom: StageModel;
}

/** Programs by which an image starts that builds again, or waits for somebody who does. */
const startsTools: Readonly<Record<BuildTool, RegExp>> = {
	Go: /\bgo\s+(?:run|build|test|install|generate|vet)\b|\b(?:air|reflex|realize|fresh|CompileDaemon|gin|golangci-lint|gopls|goreleaser|gosec|staticcheck|govulncheck|ginkgo|gotestsum|mockgen|revive|go-licenses|gox|ko|mage)\b/,
	Rust: /\b(?:cargo|wasm-pack|trunk|rust-analyzer|evcxr)\b/,
	Java: /\b(?:mvnw?|gradlew?|sbt|javac|jshell|jetty:run|spring-boot:run)\b/,
	'.NET': /\bdotnet\s+(?:run|watch|test|build)\b/,
	'Node.js': /\b(?:dev|develop|watch|test|serve|nodemon|storybook)\b/,
	C: /\b(?:make|cmake|gcc|g\+\+|iceccd?|distccd?)\b/,
	other: /\b(?:stack|cabal|swift|zig)\b/,
};

function calls({ text }: Started, tool: BuildTool): boolean {
	return startsTools[tool].test(text.replace(/[",[\]]+/g, ' '));
}

/** Whether the image starts what builds, so that an image made for building is what it needs; one that only builds a program to run it could have done so before. */
export function startsCompiler(model: Model): boolean {
	const started = startedBy(model);
	return started !== undefined && !/\brun\b|javac/.test(started.text) && (['Go', 'Rust', 'Java', '.NET', 'C', 'other'] as const).some((tool) => calls(started, tool));
}

/** Interpreters: an image that starts one and nothing with it is for whoever builds on it. */
const interpreter = /^(?:python[\d.]*|pypy[\d.]*|ruby|irb|node|perl[\d.]*|php|ghci?|julia|R|jshell|erl|iex|lua|guile|sbcl|clojure|groovysh|scala|swift|hy|gosu)$/;

/** Tools that bring their own compiler, so that whoever calls them has it. */
const whole: ReadonlySet<BuildTool> = new Set(['Go', 'Rust', '.NET', 'Java']);

/** The build that ships with its tools, where nobody says so by the packages that are installed; undefined where there is none, or where the image is one of tools. */
export const shippedBuild = remember((model: Model): ShippedBuild | undefined => {
	const builds = shippedBuilds(model);
	const bottom = model.stages[model.target?.bottom ?? -1];
	// Of a JDK a compiler of C needs nothing.
	const last = builds.findLast(({ tool }) => tool !== 'C' || !isJava(bottom));
	if (!last || !bottom || bottom.base.kind !== 'image' || isWindows(bottom) || isForDevelopers(model) || isForBuilding(model)) return undefined;
	const started = startedBy(model);
	// What builds again needs the tools.
	if (started?.words?.length === 1 && interpreter.test(programOf(started.words))) return undefined;
	if (!started || builds.some(({ tool }) => calls(started, tool))) return undefined;
	if (bottom.image?.kind === 'sdk') return { build: last, toolchain: 'base', bottom };
	// A script on an image that nobody knows may call what the image is there for.
	if (!bottom.image && /\.(?:sh|bash)$/.test(programOf(started.words ?? ['.sh']))) return undefined;
	const node = builds.findLast(({ tool }) => tool === 'Node.js');
	const tool = builds.findLast((one) => whole.has(one.tool));
	if (tool && !bringsTools(model) && !removesTools(model)) return { build: tool, toolchain: 'tools', bottom };
	return node && !isPruned(model) ? { build: node, toolchain: 'dependencies', bottom } : undefined;
});

function isJava(stage: StageModel | undefined): boolean {
	return stage?.image?.names.some((name) => /jdk|java|temurin|corretto|semeru|maven|gradle/.test(String(name))) === true;
}

/** Whether packages of the system that only building needs are installed: they are what ships for nothing, or are removed again. */
function bringsTools({ stages }: Model): boolean {
	return stages.some(({ ships, runs }) => ships && runs.some(({ operations }) => operations.some(bringsBuildPackage)));
}

/** Whether a command installs a package of the system that only building needs, or may. */
export function bringsBuildPackage({ action, managers, operands }: Operation): boolean {
	const family = managers[0]?.family;
	return action === 'install' && family !== undefined && operands.some(({ value }) => value === undefined || isBuildPackage(value, family));
}

/** Whether a RUN takes tools away again that came by no package. */
function removesTools({ stages }: Model): boolean {
	return stages.some(
		({ ships, runs }) =>
			ships && runs.some(({ text }) => /\brm\b[^&|;]*(?:\/go\b|\/usr\/local|\.cargo|rustup|maven|mvn|gradle|sdkman|jdk|dotnet|\.m2|GOPATH|GOROOT)|self uninstall/.test(text)),
	);
}

/** Whether a RUN drops what only developers need, or all that was needed to build. */
function isPruned({ stages }: Model): boolean {
	return stages.some(({ ships, runs }) => ships && runs.some(({ text }) => /\bprune\b|\brm\b[^&|;]*node_modules|--omit[= ]dev|--prod(?:uction)?\b/.test(text)));
}
