import type { PlanRefusal } from './plan';

/** A name that podman takes, whole: nothing is left for podman to guess. */
export interface ImageName {
	/** `registry.example:5000/team/app:1.0`; `localhost/app:latest` where registry and tag were not written. */
	readonly full: string;
	/** `registry.example:5000/team/app`. */
	readonly repository: string;
	readonly tag: string;
	/** `registry.example:5000`; absent for an image of this machine. */
	readonly registry?: string;
}

// The grammar of github.com/distribution/reference, `regexp.go` and `normalize.go`.
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagShape = /^\w[\w.-]{0,127}$/;
const longestRepository = 255;

/** Reads the name of an image that is to be built or pushed. A sentence says what is wrong with one that podman would not take, or would take for something else. */
export function readImageName(text: string): ImageName | PlanRefusal {
	const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
	const refuse = (why: string): PlanRefusal => ({ because: `${shown} is no name of an image: ${why}` });
	if (text === '') return { because: 'The image has no name; give it one, such as app or registry.example/team/app:1.0' };
	if (/\s/.test(text)) return refuse('there may be no blank in it');
	const transport = /^([a-z-]+:\/\/|containers-storage:|oci:|dir:|docker-archive:)/.exec(text)?.[1];
	if (transport !== undefined) return refuse(`leave off ${transport}`);
	if (text.includes('@')) return refuse('a digest is known only after the build; leave off what begins with @');
	const slash = text.indexOf('/');
	const first = slash < 0 ? '' : text.slice(0, slash);
	const hasHost = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
	if (hasHost && !host.test(first)) return refuse(`${JSON.stringify(first)} is no registry`);
	const rest = hasHost ? text.slice(slash + 1) : text;
	const colon = rest.indexOf(':');
	const path = colon < 0 ? rest : rest.slice(0, colon);
	const tag = colon < 0 ? 'latest' : rest.slice(colon + 1);
	const wrong = path.split('/').find((part) => !component.test(part));
	if (wrong !== undefined) return refuse(whyNoComponent(wrong, path));
	if (!tagShape.test(tag)) {
		return refuse(
			`the tag ${JSON.stringify(tag.length > 60 ? `${tag.slice(0, 60)}…` : tag)} has to be at most 128 letters, digits, dots, dashes and underscores, and not to begin with a dot or dash`,
		);
	}
	if (path.length > longestRepository) return refuse(`it is longer than ${longestRepository} characters`);
	if (/^[0-9a-f]{64}$/.test(path)) return refuse('podman takes it for the id of an image');
	const repository = `${hasHost ? first : 'localhost'}/${path}`;
	return { full: `${repository}:${tag}`, repository, tag, ...(hasHost && first !== 'localhost' ? { registry: first } : {}) };
}

/** The name for one image of a manifest list: that of the list, the platform behind its tag. A refusal where that makes the tag too long. */
export function memberName({ repository, tag }: ImageName, platform: string): string | PlanRefusal {
	const own = `${tag}-${platform.replaceAll('/', '-')}`;
	return own.length <= 128
		? `${repository}:${own}`
		: { because: `The tag ${tag} is too long: each image of the list gets it with its platform behind it, and 128 characters are the most` };
}

function whyNoComponent(part: string, path: string): string {
	if (part === '') return path === '' ? 'there is only a tag' : 'there is nothing between two slashes, or before the first or behind the last';
	if (component.test(part.toLowerCase())) return `write ${JSON.stringify(part.toLowerCase())} in lower case`;
	const character = /[^a-z0-9._-]/i.exec(part)?.[0];
	if (/^[a-z0-9].*[a-z0-9]$/i.test(part) && character === undefined)
		return `in ${JSON.stringify(part)}, one dot, one or two underscores, or dashes may stand between two letters or digits`;
	return character === undefined ? `${JSON.stringify(part)} has to begin and end with a letter or digit` : `there may be no ${JSON.stringify(character)} in it`;
}
