const noDocs = 'RUN echo tsflags=nodocs >> /etc/dnf/dnf.conf';

/**
 * Stand-ins for base images, made here because no registry can be reached where these tests have to run. They carry the names that Containerfiles use, in the
 * order in which they are made:
 * - debian:12 and debian:12-slim are Debian 12 from Debian's packages with the apt settings of the official images (docker-clean, compressed indexes, no
 *   translations); gcc:13, golang:1.22 and eclipse-temurin:17-jdk are that with Debian's compilers where the official images have theirs;
 * - python:3.11 and node:20, full and slim, have Debian's Python, and the Node and npm that run these tests, below /usr/local as the official ones;
 * - fedora:33, almalinux:9 and ubi9 are RPM systems of the packages of `packages.ts`, with Debian's real dnf 4 and rpm; fedora:33 and ubi9 set tsflags=nodocs as
 *   the real ones do, almalinux:9 does not.
 * For apk there are no packages here that it could install, and microdnf and tdnf are not in Debian: what is for them is not built. dnf5.ts and zypper.ts make more.
 */
export const recipes: { readonly debian: Readonly<Record<string, string>>; readonly rpm: Readonly<Record<string, string>> } = {
	debian: {
		'docker.io/library/debian:12': 'FROM localhost/debian-root\nCMD ["bash"]\n',
		'docker.io/library/debian:12-slim': 'FROM localhost/debian-root-slim\nCMD ["bash"]\n',
		'docker.io/library/gcc:13': `FROM docker.io/library/debian:12
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make curl ca-certificates && rm -rf /var/lib/apt/lists/* /var/log/*
`,
		'docker.io/library/golang:1.22': `FROM docker.io/library/gcc:13
RUN apt-get update && apt-get install -y --no-install-recommends golang-1.19-go && rm -rf /var/lib/apt/lists/* /var/log/* && ln -s /usr/lib/go-1.19 /usr/local/go
ENV GOPATH=/go PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /go
`,
		'docker.io/library/eclipse-temurin:17-jdk': `FROM docker.io/library/debian:12
RUN apt-get update && apt-get install -y --no-install-recommends openjdk-17-jdk-headless binutils && rm -rf /var/lib/apt/lists/* /var/log/* && mkdir /opt/java && ln -s /usr/lib/jvm/java-17-openjdk-* /opt/java/openjdk
COPY __cacert_entrypoint.sh /
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=en_US.UTF-8 LANGUAGE=en_US:en LC_ALL=en_US.UTF-8
ENTRYPOINT ["/__cacert_entrypoint.sh"]
CMD ["jshell"]
`,
		'localhost/python': `FROM docker.io/library/debian:12
RUN apt-get update && apt-get install -y --no-install-recommends python3.11 python3-distutils python3-pip-whl python3-setuptools-whl python3-wheel-whl && \\
    cp -a /usr/bin/python3.11 /usr/local/bin/ && cp -a /usr/lib/python3.11 /usr/local/lib/ && rm /usr/local/lib/python3.11/EXTERNALLY-MANAGED && \\
    sed -i "s/prefix_scheme = 'posix_local'/prefix_scheme = 'posix_prefix'/" /usr/local/lib/python3.11/sysconfig.py && \\
    rm -rf /usr/local/lib/python3.11/dist-packages && mkdir /usr/local/lib/python3.11/site-packages && ln -s site-packages /usr/local/lib/python3.11/dist-packages && \\
    ln -s python3.11 /usr/local/bin/python3 && ln -s python3.11 /usr/local/bin/python && \\
    python3 $(echo /usr/share/python-wheels/pip-*.whl)/pip install --no-index --no-cache-dir /usr/share/python-wheels/*.whl
`,
		'docker.io/library/busybox:latest': `FROM scratch
COPY busybox /bin/busybox
RUN ["/bin/busybox", "sh", "-c", "/bin/busybox --install /bin"]
CMD ["sh"]
`,
		...pair(
			'python',
			'3.11',
			(below) => `FROM ${below}
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libexpat1 libffi8 libsqlite3-0 libssl3 libuuid1 libncursesw6 libreadline8 tzdata && rm -rf /var/lib/apt/lists/* /var/log/*
COPY --from=localhost/python /usr/local /usr/local
ENV PYTHON_VERSION=3.11.2
CMD ["python3"]
`,
		),
		...pair(
			'node',
			'20',
			(below) => `FROM ${below}
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
COPY node /usr/local/
COPY docker-entrypoint.sh /usr/local/bin/
ENV NODE_VERSION=20
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["node"]
`,
		),
	},
	rpm: {
		'registry.fedoraproject.org/fedora:33': distribution('fedora', noDocs),
		'docker.io/library/almalinux:9': distribution('almalinux', releaseOf('almalinux-9')),
		'registry.access.redhat.com/ubi9/ubi:latest': distribution('ubi', releaseOf('rhel-9'), noDocs, 'ENV container=oci', 'LABEL vendor="Red Hat, Inc." name=ubi9'),
	},
};

/** Other names of stand-ins, of versions that make no difference here. */
export const aliases: Readonly<Record<string, readonly string[]>> = {
	'docker.io/library/debian:12': ['docker.io/library/debian:bookworm'],
	'docker.io/library/node:20': ['docker.io/library/node:22', 'docker.io/library/node:22-bookworm'],
	'docker.io/library/node:20-slim': ['docker.io/library/node:22-slim', 'docker.io/library/node:22-bookworm-slim'],
	'docker.io/library/python:3.11': ['docker.io/library/python:3.12', 'docker.io/library/python:3.12-bookworm'],
	'docker.io/library/python:3.11-slim': ['docker.io/library/python:3.12-slim', 'docker.io/library/python:3.12-slim-bookworm'],
	'registry.access.redhat.com/ubi9/ubi:latest': ['docker.io/redhat/ubi9:latest'],
};

/** An RPM system. */
function distribution(settings: string, ...instructions: readonly string[]): string {
	return ['FROM localhost/rpm-root', `COPY rpm ${settings} /`, ...instructions, 'CMD ["/bin/bash"]', ''].join('\n');
}

/** Makes Fedora's stand-in another distribution. */
function releaseOf(name: string): string {
	return `RUN rpm --erase --nodeps fedora-release && rpm --install /repo/${name}/*/*.rpm`;
}

/** An image of a language, once on the full base with a compiler, once slim. */
function pair(name: string, version: string, recipe: (below: string) => string): Readonly<Record<string, string>> {
	return {
		[`docker.io/library/${name}:${version}`]: recipe('docker.io/library/gcc:13'),
		[`docker.io/library/${name}:${version}-slim`]: recipe('docker.io/library/debian:12-slim'),
	};
}

/** Where a distribution's packages come from; its own repository is found by its release only. */
function repositories(id: string): string {
	return `[packages]\nname=Stand-ins\nbaseurl=file:///repo/packages\ngpgcheck=0\n[release]\nname=The release\nbaseurl=file:///repo/${id}-$releasever\ngpgcheck=0\n`;
}

/** Files that the recipes copy, by their paths in the build context. */
export const settings: Readonly<Record<string, string>> = {
	'debian/etc/apt/apt.conf.d/docker-clean': `DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";
`,
	'debian/etc/apt/apt.conf.d/docker-gzip-indexes': 'Acquire::GzipIndexes "true";\n',
	'debian/etc/apt/apt.conf.d/docker-no-languages': 'Acquire::Languages "none";\n',
	...Object.fromEntries(
		['fedora/fedora', 'almalinux/almalinux', 'ubi/rhel'].map((one) => [`${one.split('/')[0]}/etc/yum.repos.d/stand-in.repo`, repositories(one.split('/')[1] ?? '')]),
	),
	'rpm/etc/rpm/macros.stand-in': '%_dbpath /var/lib/rpm\n',
	'ubi/root/buildinfo/content_manifests/ubi9-container.json': '{"metadata":{"image_layer_index":0},"content_sets":["rhel-9-for-x86_64-baseos-rpms"]}\n',
	'__cacert_entrypoint.sh': '#!/bin/sh\nexec "$@"\n',
	'docker-entrypoint.sh': '#!/bin/sh\nset -e\nif [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ]; then\n  set -- node "$@"\nfi\nexec "$@"\n',
};
