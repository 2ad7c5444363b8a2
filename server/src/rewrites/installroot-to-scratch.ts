import type { Model } from '../model/stages/model';
import type { Rewrite } from './rewrite';
import type { RootRecipe } from './root/recipe';
import { proposeRoot } from './root/rootRewrite';
import { rpmRecipe } from './root/rpm';
import { tdnfRecipe } from './root/tdnf';
import { zypperRecipe } from './root/zypper';

/** Moves the packages of an image on an RPM distribution into an empty root that ships on scratch. */
export const installrootToScratch: Rewrite = {
	id: 'installroot-to-scratch',
	title: 'Install packages into an empty root and ship it on scratch',
	needs: 'a last stage on an RPM distribution',
	docs: {
		why: 'The distribution is the assembly line and need not ship: its package manager can install into an empty folder of a builder stage, and that folder on `scratch` is the image. Fedora 33 with nginx is 224 MB as a distribution. Installed into an empty root as it is, it is 450 MB, as the root knows nothing of the choices that made the base small; with these said again (no recommended packages, no documentation, the smallest language pack) it is 116 MB.\n\nThe package database and the release stay, so that scanners see what is installed. What only runs in the build runs in the builder, what works on the image’s files runs inside the new root as it stands.',
		before: ['FROM fedora:33', 'RUN dnf -y install nginx && \\', '    dnf -y clean all', 'EXPOSE 80', 'CMD ["nginx", "-g", "daemon off;"]', ''].join('\n'),
		after: [
			'FROM fedora:33 AS builder',
			'RUN dnf -y --installroot /output --releasever 33 \\',
			'        --setopt=install_weak_deps=False --nodocs \\',
			'        install glibc-minimal-langpack coreutils-single nginx && \\',
			'    dnf -y --installroot /output clean all && \\',
			'    rm -rf /output/var/cache/dnf /output/var/lib/dnf /output/var/log/dnf* /output/var/log/hawkey.log',
			'',
			'FROM scratch',
			'COPY --from=builder /output /',
			'EXPOSE 80',
			'CMD ["nginx", "-g", "daemon off;"]',
			'',
		].join('\n'),
		links: ['https://docs.fedoraproject.org/en-US/minimization/'],
	},
	propose: (model, context) => proposeRoot(recipeOf(model), model, context),
};

function recipeOf({ target }: Model): RootRecipe {
	const [manager] = target?.image?.packageManagers ?? [];
	return manager === 'zypper' ? zypperRecipe : manager === 'tdnf' ? tdnfRecipe : rpmRecipe;
}
