import { parseReference } from '../../model/catalog/reference';
import { isDistribution } from '../../model/stages/distribution';
import type { Run, StageModel } from '../../model/stages/model';
import type { Act, Ecosystem } from './ecosystem';

/**
 * The programs of the package adduser, where a RUN would not find them: images of `buildpack-deps` have it with openssh-client, and from Debian 13 on a slim image
 * has it not, as apt no longer depends on it (Packages of trixie).
 */
export function lacksAdduser(stage: StageModel, acts: readonly Act[], { position }: Run, ecosystem: Ecosystem): readonly string[] {
	const { image, base } = stage;
	if (image?.family !== 'deb' || isDistribution(image) || !image.names.some((name) => /^(?:node|python|golang|rust|gcc|buildpack-deps)$/.test(String(name)))) return [];
	const isInstalled = acts.some(
		({ effect, run }) =>
			effect.kind === 'packages' && effect.operation.action === 'install' && run.position <= position && effect.operation.operands.some(({ value }) => value === 'adduser'),
	);
	const { shortName = '', tag = '' } = (base.kind === 'image' && parseReference(base.reference ?? '')) || {};
	const release = `${ecosystem.release?.(stage) ?? stage.release ?? ''} ${tag}`;
	if (isInstalled || /bookworm|bullseye|buster|stretch|jessie|wheezy|noble|jammy|focal|^(?:12|11|10|9|8) /.test(release)) return [];
	const [, major = '99', minor = '99'] = /^(\d+)(?:\.(\d+))?/.exec(tag) ?? [];
	// Without a release in the tag these stand on Debian 12 or older, and stay there (docker-node's versions.json, docker-library/python).
	const isOlder = !/trixie|forky|sid/.test(release) && ((shortName === 'node' && Number(major) <= 22) || (shortName === 'python' && (Number(major) < 3 || Number(minor) <= 8)));
	return isOlder ? [] : ['adduser', 'addgroup', 'deluser', 'delgroup'];
}
