import type { BaseImage, PackageManagerId } from '../baseImage';
import { apk, apt, dnf4, microdnf, none, tdnf } from './managers';

const names = [/^mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:sdk|aspnet|runtime|runtime-deps|monitor)$/];
const sdk = [/^mcr\.microsoft\.com\/dotnet\/(?:core\/)?sdk$/];
const runtime = [/^mcr\.microsoft\.com\/dotnet\/(?:core\/)?(?:aspnet|runtime|runtime-deps|monitor)$/];
const dotnet = 'dotnet/dotnet-docker';
const passesOn = { env: { ASPNETCORE_HTTP_PORTS: undefined, DOTNET_RUNNING_IN_CONTAINER: 'true', APP_UID: undefined }, user: null, entrypoint: null };

function sourceToImage(language: string, minimal: boolean, pip: boolean): BaseImage {
	const managers: { packageManagers: readonly PackageManagerId[]; programs: Readonly<Record<string, PackageManagerId>> } = minimal ? microdnf : dnf4;
	return {
		names: [new RegExp(`^(?:(?:registry\\.access\\.redhat\\.com|registry\\.redhat\\.io)/)?ubi(?:8|9|10)/${language}-\\d+${minimal ? '-minimal' : ''}$`)],
		family: 'rpm',
		distribution: 'ubi',
		...managers,
		kind: minimal ? 'runtime' : 'sdk',
		sets: { weakDependenciesOff: false },
		passesOn: {
			env: { HOME: '/opt/app-root/src', APP_ROOT: '/opt/app-root', STI_SCRIPTS_PATH: '/usr/libexec/s2i', ...(pip ? { PIP_NO_CACHE_DIR: 'off' } : {}) },
			user: '1001',
			workdir: '/opt/app-root/src',
		},
		source: `sclorg/s2i-base-container and sclorg/s2i-${language}-container`,
	};
}

/** .NET's images and Red Hat's source-to-image builders. */
export const platformImages: readonly BaseImage[] = [
	{ names, tags: /windowsservercore|nanoserver/, family: 'windows', distribution: 'windows', ...none, kind: 'runtime', sets: {}, passesOn: {}, source: dotnet },
	{ names, tags: /chiseled|distroless/, family: 'distroless', distribution: 'ubuntu', ...none, kind: 'micro', sets: {}, passesOn: { ...passesOn, user: '1654' }, source: dotnet },
	...(['sdk', 'runtime'] as const).flatMap((kind): BaseImage[] => {
		const common = { names: kind === 'sdk' ? sdk : runtime, kind, passesOn, source: dotnet };
		const settings = { weakDependenciesOff: false, dockerClean: true };
		return [
			{ ...common, tags: /alpine/, family: 'apk', distribution: 'alpine', release: /alpine(\d+\.\d+)/, ...apk, sets: {} },
			{ ...common, tags: /azurelinux|cbl-mariner/, family: 'rpm', distribution: 'azurelinux', release: /(?:azurelinux|cbl-mariner)(\d+\.\d+)/, ...tdnf, sets: {} },
			{
				...common,
				tags: /resolute|noble|jammy|focal|bionic|^1\d|^latest$/,
				family: 'deb',
				distribution: 'ubuntu',
				release: /(resolute|noble|jammy|focal|bionic)/,
				...apt,
				sets: settings,
			},
			{ ...common, family: 'deb', distribution: 'debian', release: /(bookworm|bullseye|buster|stretch)/, ...apt, sets: settings },
		];
	}),
	...['python', 'nodejs', 'ruby', 'php', 'perl'].flatMap((language) => [
		sourceToImage(language, true, language === 'python'),
		sourceToImage(language, false, language === 'python'),
	]),
];
