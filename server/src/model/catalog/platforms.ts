const architectures = ['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips64', 'mips64le', 'ppc64le', 'riscv64', 's390x', 'wasm'];
const systems = ['linux', 'windows', 'freebsd', 'darwin', 'wasip1'];
const variants = ['', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8'];
const platforms = systems.flatMap((system) => architectures.flatMap((architecture) => variants.map((variant) => `${system}/${architecture}${variant && `/${variant}`}`)));

/**
 * The variables that builders set by themselves, each with the values that it takes.
 * Source: the Dockerfile reference, "Automatic platform ARGs in the global scope"; values: GOOS and GOARCH with the variants of the OCI image specification, as containerd/platforms normalizes them.
 */
export const automaticVariables: ReadonlyMap<string, readonly string[]> = new Map(
	['TARGET', 'BUILD'].flatMap((side) => [
		[`${side}ARCH`, architectures] as const,
		[`${side}OS`, systems] as const,
		[`${side}VARIANT`, variants] as const,
		[`${side}PLATFORM`, platforms] as const,
	]),
);
