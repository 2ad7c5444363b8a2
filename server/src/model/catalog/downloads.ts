/** A project whose releases are published for amd64 and arm64 under Go's names of the architectures, as TARGETARCH has them. */
export interface GoNamedDownload {
	/** The address of the one for amd64, from its host on; the group `version` is what stands for the version. */
	readonly address: RegExp;
	/** The first version that is known to be published for arm64 too. */
	readonly since: readonly [major: number, minor: number];
	/** Where that can be read. */
	readonly source: string;
}

/** Those that Containerfiles fetch often. */
export const goNamedDownloads: readonly GoNamedDownload[] = [
	{
		address: /^(?:dl\.k8s\.io|(?:storage|www)\.googleapis\.com\/kubernetes-release)\/release\/(?<version>[\s\S]+?)\/bin\/linux\/amd64\/kubectl(?:\.sha\d+)?$/,
		since: [1, 6],
		source: 'https://kubernetes.io/docs/tasks/tools/install-kubectl-linux/ has both',
	},
	{
		address: /^get\.helm\.sh\/helm-(?<version>[^/]+)-linux-amd64\.tar\.gz(?:\.sha256(?:sum)?)?$/,
		since: [3, 0],
		source: 'https://github.com/helm/helm/blob/main/scripts/get-helm-3 lists the platforms',
	},
	{
		address: /^github\.com\/tianon\/gosu\/releases\/download\/(?<version>[^/]+)\/gosu-amd64(?:\.asc)?$/,
		since: [1, 10],
		source: 'https://github.com/tianon/gosu/blob/master/INSTALL.md takes what dpkg --print-architecture says, which is the same for these two',
	},
	{
		address: /^github\.com\/krallin\/tini\/releases\/download\/(?<version>[^/]+)\/tini(?:-static)?-amd64(?:\.asc|\.sha\d+sum)?$/,
		since: [0, 18],
		source: 'https://github.com/krallin/tini/releases',
	},
	{
		address: /^github\.com\/mikefarah\/yq\/releases\/download\/(?<version>[^/]+)\/yq_linux_amd64(?:\.tar\.gz)?$/,
		since: [4, 0],
		source: 'https://github.com/mikefarah/yq/releases',
	},
	{
		address: /^releases\.hashicorp\.com\/terraform\/(?<version>[^/]+)\/terraform_[^/]+_linux_amd64\.zip$/,
		since: [1, 0],
		source: 'https://releases.hashicorp.com/terraform/',
	},
	{
		address: /^(?:(?:go\.dev|golang\.org)\/dl|dl\.google\.com\/go|storage\.googleapis\.com\/golang)\/go(?<version>[^/]+)\.linux-amd64\.tar\.gz$/,
		since: [1, 10],
		source: 'https://go.dev/dl/',
	},
];
