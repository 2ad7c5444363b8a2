import { isDistribution } from '../model/stages/distribution';
import type { Rewrite } from './rewrite';
import { apkRecipe } from './root/apk';
import { proposeRoot } from './root/rootRewrite';

/** Moves the packages of an image on Alpine into an empty root that ships on scratch, where that pays. */
export const apkRootToScratch: Rewrite = {
	id: 'apk-root-to-scratch',
	title: 'Install Alpine packages into an empty root and ship it on scratch',
	needs: 'a last stage on Alpine',
	docs: {
		why: 'Alpine’s image has 8.4 MB, and 6.6 MB of that are OpenSSL, apk and its tools. apk can install into an empty folder of a builder stage; that folder on `scratch`, with busybox and the package database in it, is the image.\n\nIt seldom pays: a package that needs OpenSSL brings it back, and beside a program of 50 MB nobody notices. So it is offered only for small packages that are known not to need it, and refused for everything else. It has been used like this for years in linuxkit’s images; Whittle’s own tests cannot build it, as they have no Alpine.',
		before: ['FROM alpine:3.22', 'RUN apk add --no-cache jq', 'ENTRYPOINT ["jq"]', ''].join('\n'),
		after: [
			'FROM alpine:3.22 AS builder',
			'RUN mkdir -p /output/etc/apk && \\',
			'    cp -r /etc/apk/keys /etc/apk/repositories /output/etc/apk/ && \\',
			'    apk add --root /output --initdb --no-cache alpine-baselayout alpine-release busybox jq && \\',
			'    rm -rf /output/dev/*',
			'',
			'FROM scratch',
			'COPY --from=builder /output /',
			'ENTRYPOINT ["jq"]',
			'',
		].join('\n'),
		links: ['https://github.com/linuxkit/linuxkit/tree/master/pkg'],
	},
	propose: (model, context) => {
		const image = model.target?.image;
		return image && !isDistribution(image) ? undefined : proposeRoot(apkRecipe, model, context);
	},
};
