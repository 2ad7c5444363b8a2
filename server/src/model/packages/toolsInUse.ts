import { remember } from '../basics/remember';
import { programOf, startedBy } from '../purpose/started';
import type { Model, StageModel } from '../stages/model';

/** Images with the tools of a language that is compiled: what starts there may compile, too. */
const compiledLanguages = /golang|rust|gcc|maven|gradle|sbt|dotnet|swift|haskell|buildpack/;

/** Programs that compile, or call what does: Home Assistant installs what its integrations need with pip when it starts. */
const compilers =
	/(?:^|[\s;&|(/])(?:g?make|cmake|ninja|meson|scons|bazel|gcc|g\+\+|cc|clang|go|cargo|rustc|mvnw?|gradlew?|sbt|ant|javac|ghc|cabal|stack|opam|esy|tox|nox|fastlane|bitrise|hass|distccd?(?:-\w+)?|icecc\w*|jenkins-(?:slave|agent)|dotnet\s+(?:run|watch|test|build)|(?:npm|yarn|pnpm)\s+(?:run\s+|run-script\s+)?(?:dev|develop|watch|build|test|ci|install)|gatsby\s+develop|(?:pip3?|gem|bundle)\s+install|setup\.py\s+\w+|R\s+CMD)(?![\w./])/;

/** The name of a script that builds, installs or tests. */
const buildScript = /(?:^|[-_.])(?:build|compile|make|install|generate|ci|runner|tests?|dev|develop(?:ment)?)(?:[-_.]|$)/i;

/** Folders of a source tree with what developers call. */
const developersFolder = /^(?:\.\/)?(?:hack|scripts?|man|contrib|ci|tools?|tests?)\/[^/]+$/;

/** What hands out the files that were built before. */
const handsOut = /^(?:tar|cp|cat|ls|rsync|true)$/;

/** What a module of the kernel is built from, when it is known which kernel runs. */
const kernel = /\/lib\/modules\b|\bdkms\b|\binsmod\b|\bmodprobe\b/;

/** What compiles or links in the container: jobs of Jenkins, or of whoever runs containers in it; servers of Tuxedo; and Oracle’s programs each time OPatch patches them, which calls make, ar and ld (OPatch User’s Guide). */
const relinks = /\bjenkins\b|\/var\/lib\/docker\b|\bTUXDIR\b|\bOPatch\b|\boraInst\.loc\b/;

/** Whether what the image starts surely or probably needs the tools to build: it compiles, installs or tests, or hands out what was built. */
export const usesTools = remember((model: Model): boolean => {
	const started = startedBy(model);
	if (kernel.test(model.file.text) || relinks.test(model.file.text)) return true;
	if (!started) return false;
	const text = started.text.replace(/[",'[\]]+/g, ' ').trim();
	if (compilers.test(text)) return true;
	const commands = started.words ? [started.words] : text.split(/[;&|]+/).map((command) => command.trim().split(/\s+/));
	return commands.some((command) => {
		const words = command.filter((word) => !/^(?:.*\/)?(?:ba|da|a)?sh$/.test(word));
		return buildScript.test(programOf(words)) || developersFolder.test(words[0] ?? '') || handsOut.test(programOf(words));
	});
});

/** Whether the image stands on the tools of a compiled language, and starts a script that nobody sees: it may compile as well. */
export function mayCompile(model: Model, bottom: StageModel): boolean {
	const started = startedBy(model);
	if (!bottom.image || !isForCompiled(bottom) || !started) return false;
	return (started.words ?? ['.sh']).slice(0, 2).some((word) => /\.(?:ba|k|z)?sh$|\.p[yl]$|(?:^|\/)(?:run|runner|entry-?point|start|launch|main)(?:$|[-_])/.test(word));
}

/** Whether a stage stands on an image that has the tools of a compiled language. */
export function isForCompiled({ image }: StageModel): boolean {
	return image?.kind === 'sdk' && image.names.some((name) => compiledLanguages.test(String(name)));
}

/** Programs of RUNs that may call a compiler. */
const mayCallCompiler =
	/^(?:pip[\d.]*|python[\d.]*|pypy[\d.]*|uv|poetry|easy_install.*|gem|bundler?|npm|npx|yarn|pnpm|node-gyp|g?make|cmake|ninja|meson|scons|gcc|g\+\+|cc|c\+\+|clang(?:\+\+)?|gfortran|configure|autogen\.sh|autoreconf|bootstrap|qmake|docker-php-ext-install|install-php-extensions|pecl|phpize|R|Rscript|install2?\.r|cpanm?|perl|cabal|stack|ghc|go|cargo|luarocks|opam|mix|rebar3?|swift|dpkg-buildpackage|rpmbuild)$/;

/** Whether a command of the stages that ship may compile something, as far as the file tells. */
export const compilesSomething = remember(({ stages }: Model): boolean =>
	stages.some(({ ships, runs }) => ships && runs.some(({ invocations }) => invocations.some(({ program }) => program !== undefined && mayCallCompiler.test(program)))),
);
