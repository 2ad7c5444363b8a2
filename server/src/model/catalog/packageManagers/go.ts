import type { PackageManager } from '../packageManager';

/** What shows modules, which Go 1.11 brought; a single file may need none. */
const modules = /\bgo\.(?:mod|sum|work)\b|\bgo\s+mod\s|\bgo\s+install\s[^&|;\n]*@/;
/** Go 1.10 brought the build cache. */
const recent = new RegExp(`${modules.source}|golang:1\\.[1-9]\\d`);

/** go (`go help cache`, `go help modules`, `go help clean`): GOCACHE and GOMODCACHE, the latter below GOPATH, which is /go in the official image. */
export const go: PackageManager = {
	id: 'go',
	title: 'go',
	programs: ['go'],
	verbs: {
		build: ['build', 'install', 'test', 'vet', 'run', 'generate', 'tool'],
		download: ['mod download', 'mod tidy', 'mod vendor'],
		clean: ['clean'],
	},
	valueOptions: [
		'-o',
		'-ldflags',
		'-tags',
		'-gcflags',
		'-asmflags',
		'-mod',
		'-p',
		'-buildmode',
		'-run',
		'-timeout',
		'-C',
		'-pkgdir',
		'-installsuffix',
		'-compiler',
		'-toolexec',
		'-modfile',
		'-overlay',
	],
	caches: [
		{ what: 'build cache', paths: ['~/.cache/go-build'], filledBy: ['build'], cleanedBy: ['clean'], cleanedWith: '-cache', onlyWith: recent, serves: 'building' },
		{
			what: 'module cache',
			paths: ['/go/pkg/mod', '~/go/pkg/mod'],
			filledBy: ['build', 'download'],
			cleanedBy: ['clean'],
			cleanedWith: '-modcache',
			onlyWith: modules,
			serves: 'running',
			movedBy: { variable: 'GOPATH', below: '/pkg/mod' },
		},
	],
	keepsNothing: {
		options: ['-mod', '-n'],
		environment: ['GOCACHE', 'GOMODCACHE', 'GOFLAGS', 'XDG_CACHE_HOME'],
		configuredBy: /go\s+env\s+-w\b|\bGO111MODULE["']?[= ]["']?off|\bgo\s+mod\s+vendor/,
	},
	readBy: [
		'dlv',
		'air',
		'gopls',
		'gow',
		'modd',
		'reflex',
		'realize',
		'fresh',
		'CompileDaemon',
		'gin',
		'revel',
		'buffalo',
		'bee',
		'mage',
		'ginkgo',
		'gotestsum',
		'golangci-lint',
		'xgo',
		'wails',
		'gomobile',
		'xcaddy',
	],
	repair: {
		append: (caches) => `go clean${caches.some(({ what }) => what === 'build cache') ? ' -cache' : ''}${caches.some(({ what }) => what === 'module cache') ? ' -modcache' : ''}`,
	},
	rootOptions: ['-C'],
};
