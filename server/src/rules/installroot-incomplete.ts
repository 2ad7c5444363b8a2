import type { Fix } from '../advice/advice';
import { completionOf, completionSaving } from '../advice/rootInstall';
import { insertAfter, insertInList } from '../advice/statements';
import { headOf } from '../model/commands/operation';
import { type Missing, missingInRoot } from '../model/packages/installroot';
import { type Install, systemInstalls } from '../model/packages/installs';
import type { Model } from '../model/stages/model';
import { listed } from '../text/listed';
import type { Rule } from './rule';

const rewrites = ['installroot-complete'];

/** An install into another root that is not told what the base image's packages were told. */
export const installrootIncomplete: Rule = {
	id: 'installroot-incomplete',
	title: 'An install into another root forgets what keeps it small',
	severity: 'warning',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'A lean base image was built with choices that an empty root knows nothing of: no recommended packages, no documentation, one small language pack instead of all. Whoever moves an install into `--installroot` and does not say them again gets a bigger image than before: nginx on Fedora 33 grows from 224 MB to 450 MB, and shrinks to 116 MB once they are said. The release has to be named too where the repositories ask for it, and dnf 5 takes the repositories of the host only with `--use-host-config`.',
		before: [
			'FROM fedora:33 as build-env',
			'RUN dnf -y --installroot /output --releasever 33 install nginx && \\',
			'dnf -y --installroot /output --releasever 33 clean all',
			'FROM scratch',
			'COPY --from=build-env /output /',
			'',
		].join('\n'),
		after: [
			'FROM fedora:33 as build-env',
			'RUN dnf -y --installroot /output --releasever 33 install --setopt=install_weak_deps=False --nodocs nginx glibc-minimal-langpack && \\',
			'dnf -y --installroot /output --releasever 33 clean all',
			'FROM scratch',
			'COPY --from=build-env /output /',
			'',
		].join('\n'),
		links: ['https://docs.fedoraproject.org/en-US/minimization/'],
	},
	*check(model, { oneLayer }) {
		for (const install of systemInstalls(model, oneLayer)) {
			const { operation } = install;
			if (operation.root === undefined || operation.root === '/') continue;
			const missing = missingInRoot(model, install);
			const span = headOf(operation);
			if (missing.companions.length > 0) {
				yield { span, message: `microdnf refuses --installroot without ${listed(missing.companions)}`, rewrites };
				continue;
			}
			const effects = effectsOf(missing);
			if (effects.length === 0) continue;
			const { options, packages } = completionOf(install, missing);
			const fix = repair(model, install, options, packages);
			const saves = completionSaving(install, missing);
			yield {
				span,
				message: `the install into ${operation.root} lacks ${listed([...options, ...packages])}: ${effects.join('; ')}`,
				...(saves ? { saves } : {}),
				...(fix ? { fixes: [fix] } : {}),
				rewrites,
			};
		}
	},
};

function effectsOf(missing: Missing): readonly string[] {
	const more = [
		...(missing.weakDependencies ? ['packages that are only recommended'] : []),
		...(missing.docs ? ['documentation'] : []),
		...(missing.langpack ? ['perhaps every language of glibc'] : []),
	];
	return [
		...(missing.release ? ['an empty root does not know its release'] : []),
		...(missing.hostConfiguration ? ['dnf 5 looks for repositories only inside the root'] : []),
		...(more.length > 0 ? [`it also gets ${listed(more)}`] : []),
	];
}

function repair(model: Model, { run, operation }: Install, options: readonly string[], packages: readonly string[]): Fix | undefined {
	const verb = operation.verb.at(-1);
	const last = operation.operands.at(-1);
	if (!verb || !last || run.instruction.exec) return undefined;
	return {
		title: `Add ${listed([...options, ...packages])}`,
		applicability: 'suggested',
		edits: [...(options.length > 0 ? [insertAfter(verb, options.join(' '))] : []), ...packages.map((name) => insertInList(model.file, operation.operands, last, name))],
	};
}
