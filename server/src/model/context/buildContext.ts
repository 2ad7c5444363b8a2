import type { Containerfile } from '../../syntax/containerfile';
import { normalizePath } from '../basics/paths';

/** Folders that are large and seldom meant by `COPY .`. */
export const heavyFolders: readonly string[] = ['.git', 'node_modules', 'target', '.venv', 'venv', '__pycache__', '.tox', '.gradle', '.terraform', '.next'];

/** Files whose texts say what a project needs and how it is built and started, for rules. */
const manifests = ['package.json', 'Cargo.toml', 'go.mod', 'requirements.txt'];

/** Files by which the package managers of languages know what to install, and what changes what they do. */
const dependencyFiles = [
	...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', '.npmrc', '.yarnrc', '.yarnrc.yml', '.yarn', 'pnpm-workspace.yaml', '.pnpmfile.cjs', 'lerna.json'],
	...['patches', 'go.sum', 'go.work', 'vendor', '.cargo'],
];

/** Whether a wanted path is a file whose text rules want to read. */
export function isManifest(path: string): boolean {
	return manifests.includes(path.replace(/^.*\//, ''));
}

/** The ignore files that a builder may read for a Containerfile of this name, relative to the build context. */
export function ignoreFileNames(fileName: string): readonly string[] {
	return ['.dockerignore', '.containerignore', `${fileName}.dockerignore`, `${fileName}.containerignore`];
}

/** The paths, relative to the build context, of which the rules want to know whether they exist; empty where the file copies nothing from it. */
export function wantedPaths(file: Containerfile, fileName: string): readonly string[] {
	const sources = contextSources(file);
	if (sources.length === 0) return [];
	const folders = sources.filter((source) => source !== '.' && !/\.\w+$/.test(source));
	return [
		...new Set([
			...ignoreFileNames(fileName),
			...heavyFolders,
			...sources.filter((source) => source !== '.'),
			...manifests,
			...folders.flatMap((folder) => manifests.map((name) => `${folder}/${name}`)),
			...dependencyFiles,
		]),
	];
}

/** Files of a project that say how it is built and what it needs. */
const projectFiles = [
	'package.json',
	'requirements.txt',
	'pyproject.toml',
	'setup.py',
	'pom.xml',
	'build.gradle',
	'build.gradle.kts',
	'go.mod',
	'main.go',
	'Cargo.toml',
	'Cargo.lock',
	'Makefile',
];

/** The files, relative to the build context, whose texts the rewrites want to read: what is copied by name, scripts that are called, project files. */
export function wantedTexts(file: Containerfile): readonly string[] {
	const sources = contextSources(file);
	const folders = sources.filter((source) => source === '.' || !/\.\w+$/.test(source));
	const called = [...file.text.matchAll(/[\w.-]+\.(?:sh|py|js|mjs|cjs|c|cc|cpp|go|rs|java)\b/g)].map(([name]) => name);
	const requirements = [...file.text.matchAll(/(?:^|\s)(?:-r|--requirement)[\s=]*([\w./-]+\.txt)\b/g)].flatMap(([, path = '']) => [relative(path), path.replace(/^.*\//, '')]);
	// What packs a jar that is copied ready-made lies above it.
	const jarFiles = /\.jar\b/.test(file.text) ? ['pom.xml', 'build.gradle', 'build.gradle.kts'] : [];
	return [
		...new Set([
			...jarFiles,
			...sources.filter((source) => source !== '.'),
			...folders.flatMap((folder) => [...projectFiles, ...called, ...requirements].map((name) => (folder === '.' ? name : `${folder}/${name}`))),
		]),
	];
}

/** What COPY and ADD take from the build context: static paths relative to it, `.` for all of it; URLs, patterns and here-documents left out. */
export function contextSources(file: Containerfile): readonly string[] {
	return file.instructions
		.filter(({ keyword, flags, onbuild }) => !onbuild && (keyword === 'COPY' || keyword === 'ADD') && !flags.some((flag) => flag.name === 'from'))
		.flatMap(({ words }) => words.slice(0, -1))
		.flatMap(({ value }) => (value === undefined || /^(?:[a-z]+:\/\/|git@|<<)|[*?[]/.test(value) ? [] : [relative(value)]));
}

function relative(path: string): string {
	return (normalizePath(path.startsWith('~') ? `./${path}` : path.replace(/^\/+/, ''), '/') ?? '/').slice(1) || '.';
}
