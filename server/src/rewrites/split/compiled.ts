import { siblingReference } from '../../model/catalog/baseImages';
import { buildpackCommands } from '../../model/catalog/baseImages/siblings';
import { golangSuites } from '../../model/catalog/compilers';
import { managersNamed } from '../../model/catalog/packageManagers';
import { parseReference } from '../../model/catalog/reference';
import { isDistribution } from '../../model/stages/distribution';
import type { StageModel } from '../../model/stages/model';
import { buildEffect, isInstallation, withPrefixes } from './builds';
import { cargoEffect, compilerEffect, compilerNames, goEffect } from './compilers';
import type { Ecosystem, Goods } from './ecosystem';
import { linkedPackages, whyNoCompilers } from './linked';
import { outputsOf, startsMissing, withSources } from './outputs';
import { userAt } from './sources';

/** What only building calls. */
const buildCommands = 'go gofmt cargo rustc rustup cmake ninja meson clang clang++ gfortran gdb valgrind'.split(' ');

/** C, C++, Fortran, Go and Rust on Debian and Ubuntu: what is compiled, and the libraries that it is linked to, on the image of the distribution. */
export const compiled: Ecosystem = {
	names: /^(?:debian|ubuntu|buildpack-deps|golang|rust|gcc)$/,
	hasLibrariesOf: new Set(),
	sourceFiles:
		/(?:^|\/)(?:go\.(?:mod|sum|work)|Cargo\.(?:toml|lock)|CMakeLists\.txt|(?:GNU)?[Mm]akefile(?:\.\w+)?|configure(?:\.ac)?|[\w.*-]+\.(?:c|cc|cpp|cxx|h|hh|hpp|hxx|go|rs|[fF]90?|cmake|m4|am|in))$/,
	runtime(reference, stage) {
		const { image } = stage;
		if (image?.family !== 'deb') return undefined;
		if (isDistribution(image)) {
			const [sibling] = image.siblings ?? [];
			return { reference: (sibling && siblingReference(reference, sibling)) ?? reference };
		}
		const { name = '', tag, digest, shortName } = parseReference(reference) ?? {};
		if (digest !== undefined) return { because: 'a digest pins the image, and that of the one to ship on is not known' };
		if (tag === 'latest') return { reference: name.replace(/[^/]+$/, 'debian:stable-slim') };
		const suite = suiteOf(stage);
		if (suite === undefined)
			return {
				because: `the tag of ${reference} does not say on which release of Debian it stands; write one like ${shortName}:${shortName === 'golang' ? '1.25' : '1'}-bookworm`,
			};
		return { reference: image.distribution === 'ubuntu' ? name.replace(/[^/]+$/, `ubuntu:${suite}`) : name.replace(/[^/]+$/, `debian:${suite}-slim`) };
	},
	release: suiteOf,
	lacks({ image }) {
		const isBare = image !== undefined && isDistribution(image);
		return [...buildpackCommands.filter((command) => command !== 'perl' && !(isBare && /^(?:bzip2|gpgv)$/.test(command))), ...buildCommands];
	},
	effect(invocation, run, folder, site) {
		const { program = '', command, args } = invocation;
		const asked = args.length === 1 && /^(?:--version|--help|-V|-version)$/.test(args[0]?.text ?? '') && managersNamed(program).every(({ family }) => family === undefined);
		const effect = asked
			? ({ kind: 'none' } as const)
			: program === 'go'
				? goEffect(invocation, run, folder, site)
				: program === 'cargo'
					? cargoEffect(invocation, run, folder, site)
					: compilerNames.test(program)
						? compilerEffect(invocation, run, folder, site)
						: buildEffect(invocation, run, folder);
		if (typeof effect !== 'object' || effect.kind !== 'none') return effect;
		return command.redirects.some(({ operator, target }) => operator.includes('>') && target && !/^(?:\/dev\/|&?\d)/.test(target.text)) ? undefined : effect;
	},
	settle(acts, site) {
		const { image } = site.stage;
		const settled = withPrefixes(acts, image && isDistribution(image) ? ['/usr/local'] : []);
		return 'because' in settled ? settled : withSources(settled, site);
	},
	goods(shop) {
		const { stage, reference, last, acts } = shop;
		const { image } = stage;
		const unsure = acts.find(({ effect, invocation }) => effect.kind === 'make' && invocation.command.conditional);
		if (unsure) return { because: 'this only runs if something says so, so what it leaves is not certain to be there', span: unsure.invocation.command.span };
		const bare = image && isDistribution(image) ? whyNoCompilers(shop) : undefined;
		if (bare) return bare;
		const packages = linkedPackages(shop, suiteOf(stage) ?? stage.release);
		if ('because' in packages) return packages;
		const outputs = outputsOf(shop);
		if ('because' in outputs) return outputs;
		const missing = startsMissing(shop, outputs.copies, compiled.lacks(stage));
		if (missing) return missing;
		const links = acts.some((act) => isInstallation(act) || act.invocation.program === 'ldconfig');
		const user = userAt(stage, last + 1);
		if (links && !/^(?:root|0)(?::.*)?$/.test(user ?? 'root'))
			return { because: 'ldconfig has to run behind this for the libraries that are installed, which only root can do; set USER behind the RUNs', span: stage.stage.from.span };
		const path = image?.passesOn.env?.['PATH'];
		const needsPath = path !== undefined && outputs.copies.some(({ to }) => /^\/(?:go|usr\/local\/cargo)\/bin(?:\/|$)/.test(to));
		const names = Object.keys(image?.passesOn.env ?? {}).filter((name) => name !== 'PATH');
		const named = names.filter((name) =>
			stage.stage.instructions.some(({ keyword, span }) => keyword !== 'RUN' && shop.model.file.text.slice(span.start, span.end).includes(`$${name}`)),
		);
		const values = named.map((name) => [name, image?.passesOn.env?.[name]] as const);
		const unknown = values.find(([, value]) => value === undefined);
		if (unknown) return { because: `the value of ${unknown[0]}, which ${reference} sets, is not known`, span: stage.stage.from.span };
		const variables = [...values.map(([name, value]) => `${name}=${value}`), ...(needsPath ? [`PATH=${path}`] : [])];
		const unread = names.filter((name) => !named.includes(name));
		return {
			copies: outputs.copies,
			packages,
			builderHead: [],
			builderTail: [],
			finalHead: variables.length > 0 ? [`ENV ${variables.join(' ')}`] : [],
			finalTail: links ? ['RUN ldconfig'] : [],
			keepsSetup: true,
			assumes: [
				...outputs.assumes,
				...(image && !isDistribution(image) && parseReference(reference)?.tag === 'latest' ? [`${reference} stands on the release of Debian that is stable now.`] : []),
				'The program loads no library at run time but those that it is linked to.',
				...(image && isDistribution(image)
					? ['Nothing calls a compiler, make, Perl or another tool of the builder at run time.']
					: ['Nothing calls a compiler, git or another tool of the builder at run time.']),
				...(unread.length > 0 ? [`The program reads none of the variables that ${reference} sets: ${unread.join(', ')}.`] : []),
			],
		} satisfies Goods;
	},
};

/** The release that an image stands on, by its tag or by what is known of it. */
function suiteOf({ image, release, base }: StageModel): string | undefined {
	if (release !== undefined || !image?.names.includes('golang') || base.kind !== 'image') return release;
	const tag = parseReference(base.reference ?? '')?.tag ?? '';
	return golangSuites.find(({ tags }) => tags.test(tag))?.suite;
}
