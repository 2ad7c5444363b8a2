import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { podman, type Store } from './podman';
import { attempt, run } from './programs';

/** A registry of images on this machine, without TLS. */
export interface Registry {
	/** `127.0.0.1:40001`. */
	readonly address: string;
	close(): Promise<void>;
}

/** Starts a real registry that keeps its images in a folder. */
export async function startRegistry(folder: string): Promise<Registry> {
	mkdirSync(folder, { recursive: true });
	const address = `127.0.0.1:${await freePort()}`;
	const configuration = join(folder, 'config.json');
	writeFileSync(
		configuration,
		JSON.stringify({ version: '0.1', log: { level: 'error' }, storage: { filesystem: { rootdirectory: join(folder, 'images') } }, http: { addr: address } }),
	);
	const child = spawn('docker-registry', ['serve', configuration], { stdio: 'ignore' });
	const ended = new Promise<void>((done) => {
		child.on('close', () => done());
		child.on('error', () => done());
	});
	for (let tries = 0; !(await answers(`http://${address}/v2/`)); tries += 1) {
		if (tries > 100 || child.exitCode !== null || child.pid === undefined) throw new Error('docker-registry does not start');
		await setTimeout(100);
	}
	const close = () => {
		child.kill();
		return ended;
	};
	return { address, close };
}

/** An image of a manifest list in a registry. */
export interface Listed {
	readonly platform: string;
	readonly digest: string;
}

/** The images of a manifest list, by platform; undefined where the registry has none of that name. */
export async function listedAt(name: string): Promise<readonly Listed[] | undefined> {
	const { code, stdout } = await attempt('skopeo', ['inspect', '--raw', '--tls-verify=false', `docker://${name}`]);
	if (code !== 0) return undefined;
	const { manifests = [] } = JSON.parse(stdout) as { manifests?: readonly { digest: string; platform: { os: string; architecture: string } }[] };
	return manifests.map(({ digest, platform }) => ({ platform: `${platform.os}/${platform.architecture}`, digest })).sort((a, b) => a.platform.localeCompare(b.platform));
}

/** Pulls one image and reads one of its files; its configuration has to be of that platform too. `repository` is a name without a tag. */
export async function fileAt(repository: string, { platform, digest }: Listed, path: string, workspace: string): Promise<string> {
	const folder = mkdtempSync(join(workspace, 'pulled-'));
	const source = `docker://${repository}@${digest}`;
	const { os, architecture } = JSON.parse(await run('skopeo', ['inspect', '--config', '--tls-verify=false', source])) as { os: string; architecture: string };
	if (`${os}/${architecture}` !== platform) throw new Error(`${source} is listed for ${platform}, and is for ${os}/${architecture}`);
	await run('skopeo', ['copy', '--quiet', '--src-tls-verify=false', source, `dir:${folder}`]);
	return fileInLayers(folder, path);
}

/** Reads one of the files of an image in a store: without mounting it, which each podman does for itself alone where it has other programs than this machine. */
export async function fileIn(store: Store, name: string, path: string): Promise<string> {
	const folder = mkdtempSync(join(store.runRoot, 'saved-'));
	await podman(store, ['image', 'save', '--quiet', '--format', 'docker-dir', '--output', folder, name]);
	return fileInLayers(folder, path);
}

/** `folder` is what skopeo calls `dir:`. */
async function fileInLayers(folder: string, path: string): Promise<string> {
	const { layers } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { layers: readonly { digest: string }[] };
	for (const layer of layers.toReversed()) {
		const { code, stdout } = await attempt('tar', ['-xOf', join(folder, layer.digest.replace('sha256:', '')), path]);
		if (code === 0) return stdout;
	}
	throw new Error(`no layer in ${folder} has a file ${path}`);
}

async function answers(address: string): Promise<boolean> {
	return (await fetch(address).catch(() => undefined))?.ok === true;
}

function freePort(): Promise<number> {
	const server = createServer();
	return new Promise((done) => {
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => done(port));
		});
	});
}
