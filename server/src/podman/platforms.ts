import type { PlanRefusal } from './plan';

/** What is offered where nobody knows what the base images are there for. */
export const defaultPlatforms: readonly string[] = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x', 'linux/riscv64'];

/** Values of GOOS that podman builds images of. Windows images it does not build. */
const systems = ['linux', 'freebsd', 'wasi', 'wasip1'];

/** Values of GOARCH. Source: go tool dist list, Go 1.22. */
const architectures = ['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips', 'mips64', 'mips64le', 'mipsle', 'ppc64', 'ppc64le', 'riscv64', 's390x', 'wasm'];

/** Other names of an architecture, and variants that go without saying or that are meant where none is said. Source: containerd/platforms, `database.go`. */
const normal: ReadonlyMap<string, string> = new Map([
	['x86_64', 'amd64'],
	['x86-64', 'amd64'],
	['amd64/v1', 'amd64'],
	['i386', '386'],
	['i686', '386'],
	['aarch64', 'arm64'],
	['arm64/8', 'arm64'],
	['arm64/v8', 'arm64'],
	['arm', 'arm/v7'],
	['armhf', 'arm/v7'],
	['armel', 'arm/v6'],
	...['5', '6', '7', '8'].map((variant) => [`arm/${variant}`, `arm/v${variant}`] as const),
]);

/** Reads `linux/arm64` or `linux/arm/v7` and gives it the form that podman writes into manifest lists: `linux/aarch64` and `linux/arm64/v8` are `linux/arm64`. */
export function readPlatform(text: string): string | PlanRefusal {
	const written = text.trim().toLowerCase();
	const [system = '', ...rest] = written.split('/');
	const machine = normal.get(rest.join('/')) ?? rest.join('/');
	const [architecture = '', variant, ...more] = machine.split('/');
	const plain = normal.get(written) ?? written;
	if (rest.length === 0 && architectures.includes(plain.split('/')[0] ?? '')) return { because: `The platform ${text} has no system; write linux/${plain}` };
	if (system === 'windows') return { because: 'Podman builds no images of Windows' };
	if (!systems.includes(system) || more.length > 0 || (variant !== undefined && !/^[a-z0-9]+$/.test(variant))) {
		return { because: `${JSON.stringify(text)} is no platform; write system, architecture and, where there is one, variant, such as linux/arm64 or linux/arm/v7` };
	}
	if (!architectures.includes(architecture)) return { because: `${JSON.stringify(text)} is no platform: the architectures are ${architectures.join(', ')}` };
	return `${system}/${machine}`;
}

/** The platforms of a request, each once and in its normal form. */
export function readPlatforms(texts: readonly string[]): readonly string[] | PlanRefusal {
	const platforms = new Set<string>();
	for (const text of texts) {
		const platform = readPlatform(text);
		if (typeof platform !== 'string') return platform;
		platforms.add(platform);
	}
	return [...platforms];
}

/** Whether two platforms are one, however they are written. */
export function isSamePlatform(one: string, other: string): boolean {
	return normalPlatform(one) === normalPlatform(other);
}

/** The same without its variant, which the configuration of an image that podman builds does not have. Tried with podman 4.3.1. */
export function withoutVariant(platform: string): string {
	return normalPlatform(platform).split('/').slice(0, 2).join('/');
}

function normalPlatform(text: string): string {
	const platform = readPlatform(text);
	return typeof platform === 'string' ? platform : text;
}
