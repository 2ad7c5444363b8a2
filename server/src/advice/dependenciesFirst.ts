import { absolutePath } from '../model/basics/paths';
import type { BuildContext, Context } from '../model/context/context';
import { isIgnored } from '../model/context/ignoreFile';
import { onlyManifest, packageJsonOf } from '../model/context/manifests';
import { type DependencyInstall, type DependencyTool, leavesManifests } from '../model/packages/dependencyInstalls';
import type { Model, StageModel } from '../model/stages/model';
import type { Containerfile, Instruction } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import type { Fix } from './advice';
import { headOf } from './attachedComments';

/** What names the dependencies: the file that has to be there, and those that go with it. */
const files: Partial<Readonly<Record<DependencyTool, { readonly manifest: string; readonly others: readonly string[] }>>> = {
	npm: { manifest: 'package.json', others: ['package-lock.json', 'npm-shrinkwrap.json'] },
	yarn: { manifest: 'package.json', others: ['yarn.lock'] },
	pnpm: { manifest: 'package.json', others: ['pnpm-lock.yaml'] },
	pip: { manifest: 'requirements.txt', others: [] },
	go: { manifest: 'go.mod', others: ['go.sum'] },
};

/** Files that change what is installed, and may name others. */
const settings = ['.npmrc', '.yarnrc', '.yarnrc.yml', '.yarn', 'pnpm-workspace.yaml', '.pnpmfile.cjs', 'lerna.json', 'patches', 'go.work', 'vendor'];

/**
 * Copies what names the dependencies, installs them, and then copies the rest; undefined where that is not known to do: the build context has to be known, the
 * copy has to stand right before the installation and to go to the folder where that runs.
 */
export function copyDependenciesFirst(model: Model, context: Context, stage: StageModel, copy: Instruction, install: DependencyInstall): Fix | undefined {
	const { buildContext } = context;
	const known = files[install.tool];
	const { run } = install;
	if (!buildContext || !known || !isMovable(stage, copy, install) || settings.some((name) => buildContext.present.has(name))) return undefined;
	if (isNode(install.tool) && buildContext.present.has('node_modules') && !isIgnored('node_modules', buildContext, context.builder)) return undefined;
	if (!standsAlone(buildContext, install.tool)) return undefined;
	const head = headOf(model.file, copy);
	// Comments keep their order.
	if (head < copy.span.start && (headOf(model.file, run.instruction) < run.instruction.span.start || run.instruction.comments.length > 0)) return undefined;
	const isThere = stage.stage.instructions.some((one) => one.span.start < copy.span.start && copiesManifest(one, known.manifest, run.cwd));
	const wanted = [known.manifest, ...known.others.filter((name) => buildContext.present.has(name))];
	if (!isThere && (wanted.some((name) => isIgnored(name, context.buildContext as BuildContext, context.builder)) || !buildContext.present.has(known.manifest))) return undefined;
	if (!isThere && install.tool === 'npm' && install.invocation.args.some(({ value }) => value === 'ci') && wanted.length === 1) return undefined;
	const caution = isNode(install.tool) ? ', if no script of package.json needs the sources' : '';
	return {
		title: `Install the dependencies before the sources are copied${caution}`,
		applicability: 'review',
		edits: move(model.file, copy, head, run.instruction, isThere ? undefined : wanted),
	};
}

function isNode(tool: DependencyTool): boolean {
	return tool === 'npm' || tool === 'yarn' || tool === 'pnpm';
}

function isMovable(stage: StageModel, copy: Instruction, { run, invocation, tool }: DependencyInstall): boolean {
	const [source, destination, other] = copy.words;
	if (
		copy.keyword !== 'COPY' ||
		!source ||
		!destination?.value ||
		destination.value !== destination.text ||
		other ||
		copy.heredocs.length > 0 ||
		copy.exec ||
		copy.comments.length > 0
	)
		return false;
	if (copy.flags.some(({ name }) => name !== 'chown' && name !== 'chmod' && name !== 'link') || run.mounts.length > 0 || run.cwd === undefined) return false;
	const between = stage.stage.instructions.slice(stage.stage.instructions.indexOf(copy) + 1, run.position);
	if (between.some(({ keyword, onbuild }) => onbuild || !/^(?:ENV|ARG|LABEL|EXPOSE)$/.test(keyword)) || absolutePath(destination.value, run.cwd) !== run.cwd) return false;
	if (tool === 'pip' && !invocation.args.some(({ value }) => value === 'requirements.txt' || value === './requirements.txt')) return false;
	const others = run.invocations.filter((one) => one !== invocation);
	return others.every((one) => one.program !== 'cd' && one.program !== 'rm' && one.program !== 'chown' && one.program !== 'chmod' && leavesManifests(run, one));
}

/** Whether what names the dependencies names nothing else of the project, as far as somebody read it. */
function standsAlone(buildContext: BuildContext, tool: DependencyTool): boolean {
	if (tool === 'go') return !/=>\s*\.{0,2}\//.test(onlyManifest(buildContext, 'go.mod') ?? '');
	if (tool === 'pip')
		return !/^\s*(?:-[recf]|--(?:requirement|editable|constraint|find-links)|\.|file:|[\w-]+\s*@\s*file:)/m.test(onlyManifest(buildContext, 'requirements.txt') ?? '');
	const manifest = packageJsonOf(buildContext);
	return (
		!manifest ||
		!(manifest.needsMoreFiles || ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'].some((name) => name in manifest.scripts))
	);
}

function copiesManifest({ keyword, flags, words, onbuild }: Instruction, manifest: string, folder: string | undefined): boolean {
	if (keyword !== 'COPY' || onbuild || flags.some(({ name }) => name === 'from')) return false;
	const destination = absolutePath(words.at(-1)?.value ?? '', folder);
	const isNamed = words
		.slice(0, -1)
		.some(({ value }) => value?.replace(/^\.\//, '') === manifest || (manifest === 'package.json' && /^(?:\.\/)?package\*?(?:-lock)?\*?\.json$/.test(value ?? '')));
	return isNamed && (destination === folder || destination === absolutePath(manifest, folder));
}

/** The edits that take an instruction from its place, with the comments above it, to behind another one; `instead`: files that are copied in its place. */
function move(file: Containerfile, copy: Instruction, head: number, behind: Instruction, instead: readonly string[] | undefined): readonly Edit[] {
	const { text, newline } = file;
	const destination = copy.words.at(-1)?.text ?? '';
	const flags = copy.flags.map(({ span }) => `${text.slice(span.start, span.end)} `).join('');
	const first = instead && `${copy.keyword} ${flags}${instead.join(' ')} ${destination.endsWith('/') ? destination : `${destination}/`}`;
	const rest = text.slice(copy.span.end);
	const lineBreak = /^[ \t]*\r?\n/.exec(rest)?.[0].length ?? 0;
	return [
		first === undefined ? { span: { start: head, end: copy.span.end + lineBreak }, text: '' } : { span: { start: head, end: copy.span.end }, text: first },
		{ span: { start: behind.span.end, end: behind.span.end }, text: `${newline}${text.slice(head, copy.span.end)}` },
	];
}
