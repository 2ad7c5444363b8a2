import { fetchForTarget } from '../advice/platformDownload';
import { isForSeveral, type SinglePlatform, singlePlatformPlaces } from '../model/stages/singlePlatform';
import type { Rule } from './rule';

/** What is fetched, installed or copied is there for amd64 only, whatever platform the image is built for. */
export const singlePlatformDownload: Rule = {
	id: 'single-platform-download',
	title: 'A file for amd64 is fetched for every platform',
	severity: 'hint',
	concerns: 'build',
	fixable: 'review',
	docs: {
		why: 'Where an address or a package names amd64 (or x86_64, x64), the image for any other platform gets programs that do not run there, or does not build at all. Builders set TARGETARCH to `amd64`, `arm64` and so on; who publishes under other names needs a `case` over it, `uname -m` or `dpkg --print-architecture`.\n\nOnly a hint, as most images are for one platform; more where the file elsewhere asks which platform it is. Stages with a platform of their own, on an image for one platform or in a RUN that knows several are left alone.',
		before:
			'FROM debian:12\nARG HELM_VERSION=3.16.2\nRUN curl -fsSL https://get.helm.sh/helm-v${HELM_VERSION}-linux-amd64.tar.gz | tar -xz --strip-components=1 -C /usr/local/bin linux-amd64/helm\n',
		after:
			'FROM debian:12\nARG HELM_VERSION=3.16.2\nARG TARGETARCH\nRUN curl -fsSL https://get.helm.sh/helm-v${HELM_VERSION}-linux-${TARGETARCH}.tar.gz | tar -xz --strip-components=1 -C /usr/local/bin linux-${TARGETARCH}/helm\n',
		links: ['https://docs.docker.com/build/building/multi-platform/'],
	},
	*check(model) {
		const places = singlePlatformPlaces(model);
		const severity = places.length > 0 && isForSeveral(model) ? ({ severity: 'info' } as const) : {};
		for (const place of places) {
			const [first, ...others] = place.words;
			const fix = fetchForTarget(model, place);
			yield {
				span: first.span,
				message: messages[place.kind],
				...severity,
				...(others.length > 0 ? { related: others.map(({ span }) => ({ span, message: 'for amd64 only, too' })) } : {}),
				...(fix ? { fixes: [fix] } : {}),
			};
		}
	},
};

const messages: Readonly<Record<SinglePlatform['kind'], string>> = {
	download: 'this is for amd64 only, and it is fetched for every platform that the image is built for',
	package: 'this package is for amd64 only, and it is installed for every platform that the image is built for',
	path: 'this path is there on amd64 only: for another platform the image does not build',
};
