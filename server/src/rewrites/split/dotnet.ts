import { absolutePath, holds } from '../../model/basics/paths';
import { parseReference } from '../../model/catalog/reference';
import { knownValue } from '../../model/files/writtenFiles';
import type { Ecosystem, Goods } from './ecosystem';
import { cover, partRoots } from './folders';
import { workdirAt } from './sources';

/** .NET: the folder of `dotnet publish`, on the ASP.NET runtime, which holds the plain one. */
export const dotnet: Ecosystem = {
	names: /^mcr\.microsoft\.com\/dotnet\/(?:core\/)?sdk(?=[:@]|$)/,
	hasLibrariesOf: new Set(),
	runtime(reference) {
		const { name = '', tag = '', digest } = parseReference(reference) ?? {};
		// `8.0.404` is the SDK's own version; runtimes count otherwise.
		const [, version, variant = ''] = /^(\d+\.\d)(?:\.\d{3})?(-[a-z][\w.-]*)?$/.exec(tag) ?? [];
		if (version === undefined || digest !== undefined) return { because: `the tag of ${reference} does not say which runtime it goes with; write one like 8.0` };
		return { reference: `${name.replace(/sdk$/, 'aspnet')}:${version}${variant}` };
	},
	lacks: () => ['git', 'curl', 'wget', 'pwsh'],
	effect(invocation, run, folder) {
		const { program, args } = invocation;
		if (program !== 'dotnet') return undefined;
		const values = args.map((word) => knownValue(word, run));
		const [verb] = values;
		if (verb?.startsWith('--')) return { kind: 'none' };
		if (verb === undefined || !/^(?:restore|build|publish|test|clean)$/.test(verb))
			return verb === 'tool' ? 'tools of dotnet lie in a home that the runtime image does not have' : undefined;
		const at = values.findIndex((value) => /^(?:-o|--output)(?:=|$)/.test(value ?? ''));
		const target = values[at]?.includes('=') ? values[at]?.replace(/^[^=]*=/, '') : values[at + 1];
		const output = at < 0 ? undefined : target === undefined ? undefined : absolutePath(target, folder);
		if ((at >= 0 && output === undefined) || folder === undefined) return 'it is not known where dotnet writes to';
		return { kind: 'make', writes: [...(folder === '/' ? [] : [folder]), ...(output === undefined ? [] : [output])] };
	},
	goods(shop) {
		const { acts, stage, starts, argv, reference } = shop;
		const main = starts.find(({ instruction }) => instruction.keyword !== 'HEALTHCHECK');
		const span = main?.instruction.span ?? stage.stage.from.span;
		const library = argv && /^(?:.*\/)?dotnet$/.test(argv[0] ?? '') ? argv.find((word) => word.endsWith('.dll')) : undefined;
		const path = library === undefined ? undefined : absolutePath(library, workdirAt(stage, stage.stage.instructions.length));
		if (path === undefined) return { because: 'it starts no published library with `dotnet name.dll`, so what has to be copied is not known', span };
		const published = acts.flatMap(({ invocation, folder, run }) => {
			const values = invocation.args.map((word) => knownValue(word, run));
			if (invocation.program !== 'dotnet' || values[0] !== 'publish') return [];
			const at = values.findIndex((value) => /^(?:-o|--output)(?:=|$)/.test(value ?? ''));
			const target = at < 0 ? '' : ((values[at]?.replace(/^[^=]*=?/, '') || values[at + 1]) ?? '');
			return at < 0 ? (/\/publish\/[^/]+$/.test(path) ? [path.replace(/\/[^/]*$/, '')] : []) : (absolutePath(target, folder) ?? []);
		});
		const output = published.find((folder) => holds(folder, path));
		if (output === undefined) return { because: `${library} is not in a folder that \`dotnet publish\` writes here`, span };
		const { projects, others } = partRoots(shop, ({ invocation, folder }) => (invocation.program === 'dotnet' ? folder : undefined));
		const version = Number(/:(\d+)/.exec(reference)?.[1] ?? 0);
		const setsUrls = stage.stage.instructions.some(({ keyword, words }) => keyword === 'ENV' && words.some(({ text }) => text.startsWith('ASPNETCORE_URLS')));
		return {
			copies: cover([output, ...others]).map((path) => ({ from: path, to: path })),
			packages: [],
			builderHead: [],
			builderTail: [],
			// The SDK images up to 7 empty what the runtime images set (dotnet/dotnet-docker).
			finalHead: version < 8 && !setsUrls ? ['ENV ASPNETCORE_URLS='] : [],
			keepsSetup: true,
			assumes: [
				...projects.flatMap((root) => (root === output ? [] : [`The program reads no file below ${root} but those in ${output}.`])),
				'The program needs no compiler at run time, and neither git, curl nor PowerShell.',
			],
		} satisfies Goods;
	},
};
