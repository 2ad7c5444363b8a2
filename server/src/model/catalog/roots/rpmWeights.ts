import type { Weights } from '../weights';

/** Bytes that full and minimal images of distributions of rpm packages have at most. */
export const rpmImages: { readonly full: number; readonly minimal: number; readonly source: string } = {
	full: 234_000_000,
	minimal: 105_000_000,
	source: 'NGINX blog, 2021: ubi8/ubi and ubi8/ubi-minimal; Red Hat, Understanding the UBI minimal images: “about 92M on disk”',
};

/**
 * Megabytes that heavy packages take at least with what they depend on: half of what the same software takes on Debian 12 (apt-get's own figures), and for Java
 * what is left of a root of 244 MB when its C library, shell and certificates are counted generously (pagure.io/minimization, issue 18: Fedora 32).
 */
const least: Readonly<Record<string, number>> = {
	gcc: 90,
	'gcc-c++': 135,
	clang: 200,
	llvm: 130,
	cmake: 50,
	git: 55,
	golang: 230,
	rust: 330,
	cargo: 340,
	nodejs: 50,
	npm: 60,
	java: 150,
	maven: 160,
	ant: 150,
	'mariadb-server': 130,
	'mysql-server': 130,
	'postgresql-server': 40,
	ansible: 170,
	'ansible-core': 50,
	chromium: 370,
	firefox: 250,
	'libreoffice-core': 280,
	texlive: 130,
	ImageMagick: 45,
	R: 90,
	'R-core': 75,
	ffmpeg: 240,
	httpd: 20,
	php: 70,
	varnish: 110,
};

/** The same with who says so. */
export const rpmWeights: Weights = {
	what: 'a package of an rpm distribution with what it depends on, at least',
	unit: 1_000_000,
	weights: least,
	basis: 'guess',
	source: 'half of what the same software takes on Debian 12 by apt-get’s own figures; Java: pagure.io/minimization, issue 18 (Fedora 32)',
};

/** Bytes that packages take at least beside an empty root; of what shares its dependencies the heaviest counts. */
export function leastWeight(names: readonly string[]): number {
	const heaviest = new Map<string, number>();
	for (const written of names) {
		const name = written
			.replace(/['"]/g, '')
			.replace(/^java-[\w.]+-openjdk[\w-]*$/, 'java')
			.replace(/(?<=[a-z])\d*(?:\.(?:x86_64|aarch64|noarch))$/, '');
		const family = /^(?:java|maven|ant)$/.test(name) ? 'java' : /^(?:gcc|gcc-c\+\+|clang|llvm|rust|cargo|golang)$/.test(name) ? 'compiler' : name;
		heaviest.set(family, Math.max(heaviest.get(family) ?? 0, least[name] ?? 0));
	}
	return 1_000_000 * [...heaviest.values()].reduce((sum, weight) => sum + weight, 0);
}
