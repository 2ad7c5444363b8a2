import dockerignore from '@balena/dockerignore';
import { ignoreFileNames } from './buildContext';
import type { BuildContext, Builder } from './context';

/**
 * The ignore files that hold for a build, best first. buildah takes a file's own one before `.containerignore` before `.dockerignore`
 * (buildah, pkg/parse, ContainerIgnoreFile); BuildKit knows no `.containerignore` (frontend/dockerui). Under `any` all that exist count.
 */
export function ignoreFilesFor({ ignoreFiles, fileName }: BuildContext, builder: Builder): readonly string[] {
	const [docker, container, ownDocker, ownContainer] = ignoreFileNames(fileName) as [string, string, string, string];
	const order = builder.kind === 'buildkit' ? [ownDocker, docker] : [ownDocker, ownContainer, container, docker];
	const existing = order.filter((name) => ignoreFiles.has(name));
	return builder.kind === 'any' ? existing : existing.slice(0, 1);
}

/** Whether the ignore files keep a path, relative to the build context, out of the build; in doubt about the builder any of them suffices. */
export function isIgnored(path: string, context: BuildContext, builder: Builder): boolean {
	return ignoreFilesFor(context, builder).some((name) => {
		try {
			return dockerignore()
				.add(context.ignoreFiles.get(name) ?? '')
				.ignores(path);
		} catch {
			// A pattern that the library cannot read: nothing is said of a file that is not understood.
			return true;
		}
	});
}
