import { caBundles } from '../../model/catalog/compilers';
import { parseReference } from '../../model/catalog/reference';
import type { StageModel } from '../../model/stages/model';
import type { Acts } from './acts';

/** Certificate authorities in one file. */
export interface Bundle {
	readonly path: string;
	/** The image has it; else it may. */
	readonly certain: boolean;
}

/** The certificate authorities of the image, where it is known to have them or, an old Alpine, may have them at the place that Go looks at. */
export function bundleOf({ image, base, release }: StageModel, { certificates }: Acts): Bundle | undefined {
	if (!image) return undefined;
	const place = caBundles.find(({ distributions, family }) => family === image.family && (distributions === undefined || distributions.test(image.distribution)));
	if (!place) return undefined;
	const reference = base.kind === 'image' && base.reference !== undefined ? parseReference(base.reference)?.shortName : undefined;
	const [major = 3, minor = 99] = (release ?? '')
		.split('.')
		.filter((part) => part !== '')
		.map(Number);
	if (image.family === 'apk' && major === 3 && minor < 12 && !certificates) return { path: '/etc/ssl/cert.pem', certain: false };
	if (certificates || (place.inBase && image.kind !== 'micro') || (reference !== undefined && place.inImages?.test(reference))) return { path: place.path, certain: true };
	return image.family === 'rpm' ? { path: place.path, certain: false } : undefined;
}

/** What has to lie below `/output`: programs and other files by their paths, folders that COPY later puts files into. */
export interface Output {
	readonly binaries: readonly string[];
	readonly kept: readonly string[];
	/** Home folders, which may not be there. */
	readonly homes: readonly string[];
	readonly bundle: Bundle | undefined;
	readonly zones: boolean;
	readonly users: boolean;
	readonly resolver: boolean;
	readonly folders: readonly string[];
}

/** The commands that put everything that ships below `/output`. */
export function outputLines({ binaries, kept, homes, bundle, zones, users, resolver, folders }: Output): readonly string[] {
	const above = (path: string) => `/output${path.replace(/\/[^/]*$/, '')}`;
	const needed = ['/output/tmp', ...folders.map((folder) => `/output${folder}`), ...[...binaries, ...kept, ...homes, ...(bundle === undefined ? [] : [bundle.path])].map(above)];
	if (zones) needed.push('/output/usr/share');
	if (users || resolver) needed.push('/output/etc');
	const all = [...new Set(needed)].filter((folder) => folder !== '/output' && !needed.some((other) => other.startsWith(`${folder}/`)));
	return [
		`mkdir -p ${all.join(' ')}`,
		'chmod 1777 /output/tmp',
		...binaries.map((path) => `cp -p ${path} ${above(path)}/`),
		...kept.map((path) => `cp -a ${path} ${above(path)}/`),
		...homes.map((path) => `if [ -d ${path} ]; then cp -a ${path} ${above(path)}/; fi`),
		...(bundle === undefined ? [] : [`${bundle.certain ? '' : `if [ -e ${bundle.path} ]; then `}cp ${bundle.path} ${above(bundle.path)}/${bundle.certain ? '' : '; fi'}`]),
		...(zones ? ['cp -a /usr/share/zoneinfo /output/usr/share/'] : []),
		...(users ? ['cp /etc/passwd /etc/group /output/etc/'] : []),
		...(resolver ? ["echo 'hosts: files dns' > /output/etc/nsswitch.conf"] : []),
	];
}
