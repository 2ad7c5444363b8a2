import { alpine, alpineRoot, isApplet, isKnownAlpine, isSmall, leftOutOfAlpine, smallPackage } from '../../model/catalog/roots/apk';
import type { Invocation } from '../../model/commands/invocation';
import type { Operation } from '../../model/commands/operation';
import type { Run, StageModel } from '../../model/stages/model';
import type { Instruction } from '../../syntax/containerfile';
import { actOf, output, type PackageAct, packageWords, type RootBase, type RootRecipe, type RootRequest, type Start } from './recipe';

/** apk: `--root --initdb`, as linuxkit makes its images. */
export const apkRecipe: RootRecipe = {
	family: 'apk',
	title: 'Install into an empty root with apk and ship that on scratch',
	base,
	read,
	configuration: /\/etc\/apk\//,
	isCache: (path) => /^\/var\/cache\/apk(?:\/.*)?$/.test(path),
	refuses,
	install,
};

function base({ release }: StageModel, { image, written }: Start): RootBase | { readonly because: string } {
	if (release === undefined && written.includes('$')) return { because: 'which release this is built on is said by a variable' };
	if (image.distribution !== 'alpine' || !isKnownAlpine(release)) return { because: 'which packages an empty root needs is known from Alpine 3.21 on' };
	return {
		builder: written,
		assumes: [
			'Somebody builds this once and looks at it: Whittle’s own tests build no Alpine image.',
			'Nothing in the image asks wget of busybox for https, for which it needs ssl_client, and that OpenSSL.',
		],
		packages: alpineRoot,
		shell: 'busybox',
		scriptTools: [],
		certificates: 'ca-certificates-bundle',
		localePackage: () => undefined,
		packageOf: (program) => (isApplet(program) ? 'busybox' : program === 'apk' ? 'apk-tools' : undefined),
		insteadOf: {},
		saves: { of: 'what of the base the image does not need', ...leftOutOfAlpine },
	};
}

const gone = /^(?:--no-cache|-u|--update|--update-cache|-q|--quiet|-v|--verbose|--no-progress|--progress|--upgrade|--latest|--no-interactive)$/;

function read(invocation: Invocation, operation: Operation | undefined, run: Run): PackageAct | undefined {
	if (invocation.program !== 'apk') return undefined;
	if (!operation) return { kind: 'refuse', because: 'apk is called here for something else than to install, and the root has no apk' };
	return actOf(operation, run, {
		install: () => readInstall(operation, run),
		remove: () => ({ kind: 'refuse', because: 'packages are removed again here; install only what runs' }),
	});
}

function readInstall(operation: Operation, run: Run): PackageAct {
	if (operation.verb.map(({ value }) => value).join(' ') !== 'add') return { kind: 'refuse', because: 'this is no plain installation' };
	if (operation.options.some(({ name }) => name === '--virtual' || name === '-t'))
		return { kind: 'refuse', because: 'packages get a name here to be removed again by; install only what runs' };
	const odd = operation.options.find(({ text, words }) => !gone.test(text) || words.some(({ value }) => value === undefined));
	if (odd) return { kind: 'refuse', because: `it is not known whether ${odd.words.map(({ text }) => text).join(' ')} fits an empty root` };
	const packages = packageWords(operation, run);
	if (!packages) return { kind: 'refuse', because: 'which packages are installed here cannot be read before the build' };
	return { kind: 'install', packages, options: [] };
}

function refuses(target: StageModel, { packages }: RootRequest): string | undefined {
	const unknown = packages.map((word) => word.replace(/["']/g, '').replace(/[=<>~@].*$/, '')).find((name) => !isSmall(name));
	if (unknown !== undefined) return `it would hardly be smaller: ${unknown} is large or needs OpenSSL, which is most of what could be left out, or that is not known`;
	const asks = target.stage.instructions.some(
		(one) => /^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(one.keyword) && /\bwget\b.*https:/s.test(one.words.map(({ text }) => text).join(' ')),
	);
	if (asks) return 'it would hardly be smaller: wget of busybox needs ssl_client for https, and that OpenSSL';
	const brings = target.stage.instructions.some(bringsUnknown) || target.runs.some((run) => run.invocations.some(({ program }) => /^(?:wget|curl|git)$/.test(program ?? '')));
	if (brings) return 'it would hardly be smaller: Alpine is 8 MB, and beside what is copied or downloaded here that is little';
	const before = alpine.bytes + smallPackage * packages.filter((name) => !alpineRoot.includes(name)).length;
	return leftOutOfAlpine.atMost / before < 0.15 ? 'it would hardly be smaller: Alpine is 8 MB, and beside these packages that is little' : undefined;
}

/** Whether COPY or ADD may bring more than a script or a setting. */
function bringsUnknown({ keyword, flags, words }: Instruction): boolean {
	if (keyword !== 'COPY' && keyword !== 'ADD') return false;
	return flags.some(({ name }) => name === 'from') || words.slice(0, -1).some(({ value }) => !/\w\.(?:sh|conf|cfg|ini|json|ya?ml|toml|txt|crt|pem|env|html)$/.test(value ?? ''));
}

function install(_target: StageModel, { packages, after }: RootRequest): readonly (readonly string[])[] {
	return [
		[`mkdir -p ${output}/etc/apk`],
		[`cp -r /etc/apk/keys /etc/apk/repositories ${output}/etc/apk/`],
		[`apk add --root ${output} --initdb --no-cache ${packages.join(' ')}`],
		[`rm -rf ${output}/dev/*`],
		...after.map((command) => [command]),
	];
}
