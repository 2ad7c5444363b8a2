import type { PackageManager } from '../packageManager';

/**
 * dotnet (“Managing the global packages, cache, and temp folders”): of what NuGet keeps only the cache of requests, which is no longer used after 30 minutes,
 * goes unmissed. What `dotnet build` makes is run from ~/.nuget/packages.
 */
export const dotnet: PackageManager = {
	id: 'dotnet',
	title: 'dotnet',
	programs: ['dotnet'],
	verbs: {
		install: ['restore', 'tool install', 'tool restore', 'add package'],
		build: ['build', 'publish', 'run', 'test', 'pack', 'msbuild'],
		upgrade: ['tool update'],
		remove: ['tool uninstall', 'remove package'],
		clean: ['nuget locals'],
	},
	valueOptions: [
		'-c',
		'--configuration',
		'-o',
		'--output',
		'-r',
		'--runtime',
		'-f',
		'--framework',
		'-v',
		'--verbosity',
		'-s',
		'--source',
		'--configfile',
		'--version',
		'--add-source',
		'--tool-path',
		'--packages',
		'-p',
		'--project',
		'-a',
		'--arch',
		'--os',
		'--filter',
		'-l',
		'--logger',
	],
	caches: [
		{
			what: 'cache of requests',
			paths: ['~/.local/share/NuGet/v3-cache', '~/.local/share/NuGet/http-cache'],
			// `dotnet publish` finds everything where a RUN before it has restored.
			filledBy: ['install', 'upgrade'],
			cleanedBy: ['nuget locals all', 'nuget locals http-cache'],
		},
		{ what: 'packages', paths: ['~/.nuget/packages'], filledBy: [], cleanedBy: ['nuget locals all', 'nuget locals global-packages'], serves: 'running' },
	],
	keepsNothing: { options: ['--no-cache', '--no-http-cache', '--no-restore', '--no-build'], environment: ['NUGET_HTTP_CACHE_PATH', 'XDG_DATA_HOME', 'DOTNET_CLI_HOME'] },
	repair: { append: () => 'rm -rf ~/.local/share/NuGet/v3-cache ~/.local/share/NuGet/http-cache' },
	rootOptions: ['--tool-path'],
};
