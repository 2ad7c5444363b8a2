import { tdnfRootOf } from '../../model/catalog/roots/rpmTdnf';
import type { StageModel } from '../../model/stages/model';
import { output, type PackageAct, type RootBase, type RootRecipe, type RootRequest, type Start } from './recipe';
import { rpmRecipe } from './rpm';
import { digestAssumes, filled, removeLeftovers } from './rpmCommands';

/** tdnf: `--installroot`, as Microsoft makes its distroless images and VMware the one of Photon. Its commands are those of dnf. */
export const tdnfRecipe: RootRecipe = {
	family: 'rpm',
	title: 'Install into an empty root with tdnf and ship that on scratch',
	base,
	read,
	configuration: /\/etc\/(?:yum\.repos\.d|tdnf|pki\/rpm-gpg)/,
	isCache: (path) => /^\/var\/(?:cache(?:\/\*?)?$|cache\/tdnf\b|lib\/tdnf\b)/.test(path),
	install,
};

function base(target: StageModel, { image, written }: Start): RootBase | { readonly because: string } {
	const root = tdnfRootOf(image.distribution, target.release);
	if (!root) return { because: `it is not known what an empty root of this release of ${image.distribution} needs` };
	if (written.includes('$')) return { because: 'which release this is built on is said by a variable' };
	return {
		builder: written,
		assumes: [`Somebody builds this once and looks at it: Whittle’s own tests build no image of ${root.title}.`, ...digestAssumes(target)],
		packages: root.packages,
		shell: 'bash',
		scriptTools: [],
		certificates: root.certificates,
		localePackage: () => undefined,
		packageOf: root.packageOf,
		insteadOf: root.insteadOf,
	};
}

/** It takes what packages recommend along, and has no switch for that. */
function read(...command: Parameters<RootRecipe['read']>): PackageAct | undefined {
	const act = rpmRecipe.read(...command);
	return act?.kind === 'install' ? { ...act, recommended: false, assumes: [] } : act;
}

function install(target: StageModel, { packages, options, after, builderPackages }: RootRequest): readonly (readonly string[])[] {
	const named = options.find((option) => option.startsWith('--releasever'));
	const head = `tdnf -y --installroot ${output} ${named ?? `--releasever=${target.release}`}`;
	return [
		...(builderPackages.length > 0 ? [filled(['tdnf -y install', ...builderPackages])] : []),
		[`mkdir -p ${output}`],
		[[head, '--setopt=tsflags=nodocs', ...options.filter((option) => option !== named)].join(' '), ...filled(['install', ...packages])],
		[`${head} clean all`],
		[removeLeftovers('tdnf')],
		...after.map((command) => [command]),
	];
}
