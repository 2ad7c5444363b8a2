/** Packages of Enterprise Linux that recommend others, which is rare there. */
interface Recommending {
	readonly packages: RegExp;
	/** What comes because it is recommended: what weighs most. */
	readonly parts: readonly string[];
	readonly source: string;
}

const enterprise: readonly Recommending[] = [
	{ packages: /^java-(?:1\.8\.0|\d+|latest)-openjdk(?:-(?:devel|demo))?$/, parts: ['gtk3'], source: 'the spec file of OpenJDK for EL 8 and later: Recommends gtk3' },
	{ packages: /^nodejs$/, parts: ['nodejs-full-i18n'], source: 'nodejs.spec of Fedora and EL: Recommends nodejs-full-i18n' },
	{ packages: /^php$/, parts: ['php-fpm', 'php-mbstring'], source: 'php.spec of Fedora and EL: Recommends php-fpm, php-mbstring, php-opcache, php-pdo, php-xml' },
	{ packages: /^ruby(?:gems)?$/, parts: ['rubygem-bundler', 'rubygem-rdoc'], source: 'rubygems in ruby.spec of Fedora and EL: Recommends bundler, rdoc' },
	{ packages: /^python3\.\d+-pip$/, parts: ['python3-setuptools'], source: 'what dnf lists as weak dependencies of python3.12-pip on EL 9: python3.12-setuptools' },
	{
		packages: /^docker-ce$/,
		parts: ['docker-ce-rootless-extras'],
		source: 'what dnf lists as weak dependencies of docker-ce on EL 9: buildx and compose plugins, rootless extras',
	},
];

/** What comes with a package of Enterprise Linux because it is recommended; none where that is not known. */
export function recommendedInEnterprise(name: string): readonly string[] {
	return enterprise.find(({ packages }) => packages.test(name))?.parts ?? [];
}

/** Small tools, and beside them Python with its packages and languages, whose recommendation is what is wanted: no recommendation of weight in their spec files in Fedora's dist-git, as far as they are mirrored in public. */
const plain: ReadonlySet<string> = new Set(
	'bsdtar bzip2 ca-certificates diffutils file findutils gettext groff-base gzip hostname lsof net-tools nmap openssl patch rsync tar tzdata unzip wget which xz zip'.split(' '),
);

/** Whether a package is known to recommend nothing of weight; the settings of repositories name dnf-plugins-core at most, by their spec files in EPEL and Fedora. */
export function recommendsNothing(name: string): boolean {
	return plain.has(name) || /^(?:glibc-)?langpacks?-|^python[\d.]*(?:-|$)/.test(name) || /^[\w.+-]*-release(?:-(?:el|fc|latest-)?\d+)?$/.test(name);
}
