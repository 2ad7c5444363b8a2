/** An image reference taken apart; nothing is added but the tag `latest`. */
export interface Reference {
	/** As written, tag and digest off: `docker.io/library/debian`. */
	readonly name: string;
	/** As people say it, default registry and `library/` off: `debian`. */
	readonly shortName: string;
	/** `latest` where none is written. */
	readonly tag: string;
	readonly tagWritten: boolean;
	readonly digest: string | undefined;
}

const shape =
	/^(?<name>(?:(?:[\w.-]+|\[[0-9A-Fa-f:]+\])(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>[A-Za-z0-9_+.-]+:[0-9a-fA-F]+))?$/;

/** Other names of Docker Hub's official images: the registry itself, mirrors of it, and what is built for one architecture. */
const official = /^(?:(?:(?:index|registry-1)\.)?docker\.io\/|public\.ecr\.aws\/docker\/(?=library\/)|mirror\.gcr\.io\/(?=library\/))/;
const architecture = /^(?:library|amd64|arm32v[5-7]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\//;

/** Takes an image reference apart; undefined where it is none or holds an unresolved variable. A transport prefix (`docker://`) is skipped. */
export function parseReference(text: string): Reference | undefined {
	const groups = shape.exec(text.replace(/^docker:\/\//, ''))?.groups;
	const name = groups?.['name'];
	if (!groups || !name) return undefined;
	const tag = groups['tag'];
	return { name, shortName: name.replace(official, '').replace(architecture, ''), tag: tag ?? 'latest', tagWritten: tag !== undefined, digest: groups['digest'] };
}
