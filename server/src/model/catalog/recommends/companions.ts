import type { Family } from '../baseImage';

/** What a package brings only as a recommendation, and what people who install it count on. */
export interface Recommendation {
	readonly family: Family;
	/** What is installed. */
	readonly package: string;
	/** Recommended packages that are nearly always meant: a repair that switches recommendations off adds them. */
	readonly usually: readonly string[];
	/** Recommended packages that some need: worth a word. */
	readonly sometimes: readonly string[];
	/** What goes wrong without. */
	readonly because: string;
	readonly source: string;
}

const debian = 'Recommends of Debian 12 (apt-cache show)';
const nodeSpec = 'nodejs.spec of Fedora and EL: Recommends npm';

/** All of them. */
export const recommendations: readonly Recommendation[] = [
	deb('curl', ['ca-certificates'], [], 'https needs the certificates.', `${debian}: libcurl4 recommends ca-certificates`),
	deb('wget', ['ca-certificates'], [], 'https needs the certificates.'),
	deb('git', ['ca-certificates'], ['openssh-client', 'patch', 'less'], 'cloning over https needs the certificates, over ssh the client.'),
	deb('mercurial', ['ca-certificates'], ['openssh-client'], 'cloning over https needs the certificates, over ssh the client.', `${debian}; certificates: as for curl`),
	deb('gcc', ['libc6-dev'], [], 'no C program compiles without the C library’s headers.'),
	deb('cmake', ['gcc', 'make'], [], 'it calls a compiler and make.'),
	deb('python3-pip', ['python3-dev'], ['build-essential'], 'packages without a wheel are compiled.'),
	deb('python3-virtualenv', [], ['python3-dev', 'build-essential', 'ca-certificates'], 'packages without a wheel are compiled.'),
	deb('xvfb', ['xauth'], [], 'xvfb-run starts nothing without it.'),
	deb('npm', [], ['git'], 'dependencies from git need it.'),
	deb('composer', ['unzip'], ['git'], 'packages come as zip files or from git.'),
	deb('rustc', ['cargo'], [], 'most Rust programs are built with cargo.'),
	{ family: 'rpm', package: 'nodejs', usually: ['npm'], sometimes: [], because: 'npm is a package of its own.', source: nodeSpec },
	{
		family: 'rpm',
		package: 'php',
		usually: ['php-cli'],
		sometimes: ['php-fpm', 'php-mbstring', 'php-opcache', 'php-pdo', 'php-xml'],
		because: 'php itself is hardly more than a list of packages.',
		source: 'php.spec of Fedora and EL',
	},
	{
		family: 'rpm',
		package: 'python3',
		usually: [],
		sometimes: ['python3-pip'],
		because: 'pip is a package of its own.',
		source: 'createrepo_c pull request 262: python3-pip is just a weak dependency of python3',
	},
];

/** The recommendations that packages of this list bring. */
export function recommendedBy(packages: readonly string[], family: Family): readonly Recommendation[] {
	return recommendations.filter((entry) => entry.family === family && packages.includes(entry.package));
}

/** `build-essential` depends on a compiler, make and the headers; `g++` on the headers. */
const implies: Readonly<Record<string, readonly string[]>> = {
	'build-essential': ['libc6-dev', 'gcc', 'make'],
	'g++': ['libc6-dev', 'gcc'],
	'libc-dev': ['libc6-dev'],
	'nodejs-npm': ['npm'],
};

/** Whether a package, or one that always brings it, is among those that `has` knows. */
export function isNamed(name: string, has: (packageName: string) => boolean): boolean {
	return has(name) || Object.entries(implies).some(([packageName, brings]) => brings.includes(name) && has(packageName));
}

function deb(name: string, usually: readonly string[], sometimes: readonly string[], because: string, source = debian): Recommendation {
	return { family: 'deb', package: name, usually, sometimes, because, source };
}
