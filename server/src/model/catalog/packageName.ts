import type { Family } from './baseImage';

/** The name in `libssl-dev=3.0.11-1`, `gcc:amd64`, `curl/bookworm-backports`, `musl-dev~1.2`, `gcc.x86_64`. */
export function plainName(written: string, family: Family): string {
	if (family === 'deb') return written.replace(/[=/:].*$/, '');
	if (family === 'apk') return written.replace(/[=<>~@].*$/, '');
	return written.replace(/\.(?:x86_64|aarch64|noarch|i686|ppc64le|s390x)$/, '').replace(/[<>=].*$/, '');
}
