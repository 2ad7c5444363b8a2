import { isDistribution } from '../model/stages/distribution';
import type { Rewrite } from './rewrite';
import { debRecipe } from './root/deb';
import { proposeRoot } from './root/rootRewrite';

/** Moves the packages of an image on Debian or Ubuntu into an empty root that ships on scratch. */
export const debianRootToScratch: Rewrite = {
	id: 'debian-root-to-scratch',
	title: 'Install Debian packages into an empty root and ship it on scratch',
	needs: 'a last stage on Debian or Ubuntu',
	docs: {
		why: 'A full Debian image brings apt, documentation and translations in all languages, and none of that runs. mmdebstrap, which is a package of Debian itself, installs the essential packages and those of the file into an empty folder of a builder stage, from the repositories that the builder knows, and runs their scripts there. On Debian 12 that is 70 MB with nginx and certificates, where the base alone has 117 MB.\n\nThe essential packages stay: a shell, the usual tools, dpkg and its database, so that scanners see what is installed. Slim images are refused, as they are hardly bigger, and so are releases whose mmdebstrap cannot do this while an image is built.',
		before: [
			'FROM debian:12',
			'RUN apt-get update && apt-get install -y --no-install-recommends nginx && \\',
			'    rm -rf /var/lib/apt/lists/*',
			'EXPOSE 80',
			'CMD ["nginx", "-g", "daemon off;"]',
			'',
		].join('\n'),
		after: [
			'FROM debian:12 AS builder',
			'RUN apt-get update && \\',
			'    apt-get install -y --no-install-recommends mmdebstrap && \\',
			'    mmdebstrap --mode=root --variant=essential --hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr \\',
			"        --dpkgopt='path-exclude=/usr/share/doc/*' \\",
			"        --dpkgopt='path-exclude=/usr/share/info/*' \\",
			"        --dpkgopt='path-exclude=/usr/share/locale/*' \\",
			"        --dpkgopt='path-exclude=/usr/share/man/*' \\",
			"        --dpkgopt='path-include=/usr/share/doc/*/copyright' \\",
			'        --include=nginx \\',
			"        '' /output $(find /etc/apt -name '*.list' -o -name '*.sources') && \\",
			'    rm -rf /output/dev/* /output/etc/hostname /output/etc/resolv.conf /output/var/cache/debconf/*-old',
			'',
			'FROM scratch',
			'COPY --from=builder /output /',
			'EXPOSE 80',
			'CMD ["nginx", "-g", "daemon off;"]',
			'',
		].join('\n'),
		links: ['https://manpages.debian.org/mmdebstrap'],
	},
	propose: (model, context) => {
		const image = model.target?.image;
		return image && !isDistribution(image) ? undefined : proposeRoot(debRecipe(model), model, context);
	},
};
