import { parseReference } from './reference';

/** Images without a shell, by name and tags; what is not here may have one. */
const images: readonly { readonly name: RegExp; readonly tags: RegExp }[] = [
	// GoogleContainerTools/distroless, README: no shell but in the tags “debug”. Python's have had one (issues 601 and 1178).
	{ name: /^gcr\.io\/distroless\/(?:static|base|base-nossl|cc|java(?:-base|\d+)?|nodejs\d*)(?:-debian\d+)?$/, tags: /^(?!.*debug)/ },
	// dotnet/dotnet-docker, documentation/distroless.md: no shell.
	{ name: /^mcr\.microsoft\.com\/dotnet\/(?:nightly\/)?(?:runtime|runtime-deps|aspnet)$/, tags: /-(?:chiseled|distroless)(?:-|$)/ },
	// Chainguard: images without shell and package manager, but in the tags “-dev”.
	{ name: /^cgr\.dev\/chainguard\/(?:static|glibc-dynamic)$/, tags: /^(?!.*dev)/ },
];

/** Whether an image, named as FROM does it, is known to have no shell. */
export function hasNoShell(reference: string): boolean {
	const parsed = parseReference(reference);
	return parsed !== undefined && (parsed.digest === undefined || parsed.tagWritten) && images.some(({ name, tags }) => name.test(parsed.shortName) && tags.test(parsed.tag));
}
