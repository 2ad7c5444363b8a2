/** Whether a name is that of a script, a configuration or another text: what they take is never worth a word. */
export function isSmallFile(name: string): boolean {
	return small.test(name);
}

const small = /\.(?:sh|bash|py|pl|rb|js|txt|conf|cfg|ini|json|ya?ml|toml|xml|list|repo|asc|gpg|key|pub|pem|crt|sha\d+|md5|sql|patch|diff|env|lock|md|html?|rules|service)$/;

/** Whether a name is that of a package that a package manager installs from a file, or of an archive. */
export function isPackageFile(name: string): boolean {
	return /\.(?:rpm|deb|apk|whl|tar|t[gbx]z|tbz2|tar\.(?:gz|bz2|xz|zst|lzma|Z)|zip)$/i.test(name);
}

/** Whether a name is that of a package which holds little more than the address of a repository or its key. */
export function isRepositoryPackage(name: string): boolean {
	return /(?:^|[-_.])(?:release|repo(?:sitory)?|repos|keyring|solutions)(?:[-_.\d]|$)|^(?:epel|pgdg|packages-microsoft|mysql\d*-community-release|mysql-apt-config|remi|puppet\d*-)/i.test(
		name,
	);
}

/** Whether a name is that of an archive which ADD of a local file unpacks by itself. */
export function isUnpackedByAdd(name: string): boolean {
	return /\.(?:tar|t[gbx]z|tbz2|tar\.(?:gz|bz2|xz|zst))$/i.test(name);
}

/** Whether a name is that of a file with much in it: an archive, a package, a program. */
export function isLargeFile(name: string): boolean {
	return (
		isPackageFile(name) ||
		/\.(?:jar|war|ear|so|a|bin|run|exe|dll|phar|whl|gz|bz2|xz|zst|7z|img|iso|onnx|pt|pth|safetensors|gguf|h5|sqlite3?|db|dump|node|wasm|AppImage)$/.test(name)
	);
}

/** Folders of configuration and scripts, which take next to nothing. */
const slightFolder =
	/^(?:[\w-]*conf(?:ig|iguration)?s?|conf\.d|etc|(?:[\w-]+[-_])?scripts?|helpers?|docker|templates?|hooks|s2i|contrib|s6|init|profiles?|presets?|metadata|help|licenses?|certs?|ssl|ssh|cron|sql|bash|services?\.d|supervisor|nginx|root)$/i;

/** Whether a path without a slash at its end may be that of a folder with much in it: it has no ending, and is not called like a script or a configuration. */
export function mayBeLargeFolder(path: string): boolean {
	const name = path.replace(/\/\*$/, '').replace(/^.*\//, '');
	if (/^\.{0,2}$/.test(name) || path === '*') return true;
	if (slightFolder.test(name) || /(?:^|\/)(?:etc|contrib|\.ssh)\/|[$*?[]/.test(path.replace(/\/\*$/, '')) || name.startsWith('.')) return false;
	return !/\.\w+$/.test(name) && !isScriptName(name);
}

/** Whether a name without an ending is called like a program, not like a script or a text. */
export function isProgramName(name: string): boolean {
	return !isSmallFile(name) && !/\.\w*[a-zA-Z]\w*$/.test(name) && !isScriptName(name) && !/^(?:build|test|install|tini|dumb-init|su-exec)(?:[-_.]|$)/.test(name);
}

function isScriptName(name: string): boolean {
	return /[A-Z]\w*file$|entry-?point|^(?:run|start|stop|boot|setup|wait|health|cmd|assemble|save-artifacts|usage|command|wrapper|launch|configure|fix|uid|passwd|crontab|authorized_keys|known_hosts|id_rsa|Makefile|Gemfile|Procfile|Pipfile|Dockerfile|LICENSE|README|Rakefile|Jenkinsfile|Vagrantfile|VERSION|NOTICE|CMakeLists)|[-_](?:run|start|init|setup|install|wrapper|script|healthcheck|cmd)$/i.test(
		name,
	);
}

/** Whether a file that is fetched has much in it, as its name or one of the addresses tells: an archive, a program for one platform. */
export function isLargeDownload(path: string, words: readonly string[]): boolean {
	const addresses = words.map((text) => text.replace(/^["']|["']$/g, '')).filter((text) => /^(?:https?|ftp):|^\$/.test(text));
	if ([path, ...addresses].some((one) => isLargeFile(one))) return true;
	const isText = addresses.some((one) => /raw\.github|\/raw\/|gist\.|[?&=]/.test(one) || isSmallFile(one));
	const isNamed = addresses.some((one) => /linux|amd64|x86[_-]64|x64|arm64|aarch64|\/releases?\//i.test(one));
	return isProgramName(path.replace(/^.*\//, '')) && !isText && isNamed && !addresses.some((one) => /\/(?:tini|dumb-init)/.test(one));
}
