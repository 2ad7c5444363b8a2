import { isRecord } from '../text/record';
import type { Connection, Farm, Machine, Version } from './engine';

/** Reads `4.3.1`, `5.0.0-rc1` or `v5.8.2` as a version; undefined where there is none. */
export function parseVersion(text: string): Version | undefined {
	const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
	return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : undefined;
}

/** What `podman version --format json` says: of the program, and of the machine that builds where that is another one. Undefined for anything else. */
export function parseVersions(text: string): { readonly client: Version; readonly server?: Version } | undefined {
	const said = parseJson(text);
	const client = parseVersion(textIn(said, 'Client', 'Version'));
	const server = parseVersion(textIn(said, 'Server', 'Version'));
	return client && { client, ...(server ? { server } : {}) };
}

/** What `podman info --format json` says about the machine that builds; undefined for anything else. Podman 5.4 and earlier say nothing about emulation. */
export function parseInfo(text: string): { readonly machine: Machine; readonly remote: boolean } | undefined {
	const said = parseJson(text);
	const host = isRecord(said) ? said['host'] : undefined;
	const version = parseVersion(textIn(said, 'version', 'Version'));
	const [system, architecture] = [textIn(host, 'os'), textIn(host, 'arch')];
	if (!isRecord(host) || !version || system === '' || architecture === '') return undefined;
	const platform = `${system}/${architecture}`;
	const variant = textIn(host, 'variant');
	const emulated = stringsOf(host['emulatedArchitectures']).filter((other) => other !== platform);
	return { machine: { version, platform, ...(variant === '' ? {} : { variant }), emulated }, remote: host['serviceIsRemote'] === true };
}

/** What `podman system connection list --format json` says; undefined where that is no list. */
export function parseConnections(text: string): readonly Connection[] | undefined {
	const said = parseJson(text);
	if (!Array.isArray(said)) return undefined;
	return said.flatMap((one: unknown) => {
		const name = textIn(one, 'Name');
		return name === '' ? [] : [{ name, uri: textIn(one, 'URI'), isDefault: isRecord(one) && one['Default'] === true }];
	});
}

/** What `podman farm list --format json` says; undefined where that is no list. */
export function parseFarms(text: string): readonly Farm[] | undefined {
	const said = parseJson(text);
	if (!Array.isArray(said)) return undefined;
	return said.flatMap((one: unknown) => {
		const name = textIn(one, 'Name');
		return name === '' || !isRecord(one) ? [] : [{ name, connections: stringsOf(one['Connections']) }];
	});
}

/** An image of a manifest list, or one by itself. */
export interface Entry {
	readonly digest: string;
	/** `linux/arm64`, `linux/arm/v7`. */
	readonly platform: string;
}

/** The entries that `podman manifest inspect` prints; undefined where that is no manifest list. */
export function parseList(text: string): readonly Entry[] | undefined {
	const said = parseJson(text);
	const manifests = isRecord(said) ? said['manifests'] : undefined;
	if (!Array.isArray(manifests)) return undefined;
	return manifests.map((one: unknown) => ({ digest: textIn(one, 'digest'), platform: platformOf(isRecord(one) ? one['platform'] : undefined, 'os', 'architecture', 'variant') }));
}

/** An image as `{{.Os}}/{{.Architecture}} {{.Size}} {{.Digest}}` prints it, size in bytes, unpacked; the latter two may be missing. Undefined for anything else. */
export function parseImageLine(text: string): { readonly platform: string; readonly size?: number; readonly digest?: string } | undefined {
	const [platform = '', size, digest] = text.trim().split(' ');
	if (!/^[^\s/]+\/[^\s/]+/.test(platform)) return undefined;
	return { platform, ...(size !== undefined && /^\d+$/.test(size) ? { size: Number(size) } : {}), ...(digest?.startsWith('sha256:') === true ? { digest } : {}) };
}

function platformOf(said: unknown, system: string, architecture: string, variant: string): string {
	return [textIn(said, system), textIn(said, architecture), textIn(said, variant)].filter((part) => part !== '').join('/');
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function textIn(said: unknown, ...path: readonly string[]): string {
	const found = path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), said);
	return typeof found === 'string' ? found : '';
}

function stringsOf(said: unknown): readonly string[] {
	return Array.isArray(said) ? said.filter((one): one is string => typeof one === 'string') : [];
}
