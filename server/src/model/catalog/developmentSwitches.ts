/** How a tool is told to leave out what only developers need. */
export interface DevelopmentSwitch {
	/** What it installs besides, for messages. */
	readonly what: string;
	/** Options that leave it out, or ask for it: either way it is decided. */
	readonly decidedBy: RegExp;
	/** Variables that decide it where they are set. */
	readonly variables: readonly string[];
	/** Text of the file by which a configuration may decide it. */
	readonly configuredBy: RegExp;
	/** Folders below the project's own in which it installs. */
	readonly folders: readonly string[];
	readonly source: string;
}

const never = /(?!)/;

/** By the tool; those that are absent install nothing for developers, or only where they are asked to. */
export const developmentSwitches: Readonly<Record<string, DevelopmentSwitch>> = {
	npm: {
		what: 'the devDependencies',
		decidedBy: /^--(?:omit|include|only|also|production|prod|dev|development|no-dev)(?:=|$)/,
		variables: [
			'NODE_ENV',
			'npm_config_production',
			'NPM_CONFIG_PRODUCTION',
			'npm_config_only',
			'NPM_CONFIG_ONLY',
			'npm_config_omit',
			'NPM_CONFIG_OMIT',
			'npm_config_include',
			'NPM_CONFIG_INCLUDE',
		],
		configuredBy: /\.npmrc|\bset\s+(?:-g\s+)?["']?(?:omit|only|production|include)\b/,
		folders: ['node_modules'],
		source: 'npm documentation, npm ci and config (omit, production, only)',
	},
	yarn: {
		what: 'the devDependencies',
		decidedBy: /^--(?:production|prod|dev)(?:=|$)/,
		variables: ['NODE_ENV', 'YARN_PRODUCTION', 'npm_config_production', 'NPM_CONFIG_PRODUCTION'],
		configuredBy: /\.yarnrc|\.npmrc|workspaces\s+focus|yarn\s+config\s+set/,
		folders: ['node_modules'],
		source: 'Yarn Classic documentation, yarn install; Yarn documentation, yarn workspaces focus',
	},
	pnpm: {
		what: 'the devDependencies',
		decidedBy: /^(?:--(?:prod|production|dev|no-dev)(?:=|$)|-P$|-D$)/,
		variables: ['NODE_ENV', 'npm_config_production', 'NPM_CONFIG_PRODUCTION'],
		configuredBy: /\.npmrc|pnpm\s+(?:deploy|config\s+set)|pnpm-workspace/,
		folders: ['node_modules'],
		source: 'pnpm documentation, pnpm install --prod',
	},
	bundle: {
		what: 'the groups development and test',
		decidedBy: /^--(?:without|with|only)(?:=|$)/,
		variables: ['BUNDLE_WITHOUT', 'BUNDLE_WITH', 'BUNDLE_ONLY'],
		configuredBy: /BUNDLE_(?:WITHOUT|ONLY|WITH)\b|\bconfig\b[^&|;\n]*\b(?:without|only|with)\b|\.bundle\b/,
		folders: ['vendor/bundle'],
		source: 'Bundler documentation, bundle config: without',
	},
	composer: {
		what: 'the packages of require-dev',
		decidedBy: /^--(?:no-dev|dev)$/,
		variables: ['COMPOSER_NO_DEV'],
		configuredBy: never,
		folders: ['vendor'],
		source: 'Composer documentation, install --no-dev',
	},
	poetry: {
		what: 'the groups for developers',
		decidedBy: /^--(?:only|without|with|no-dev|only-root|all-groups)(?:=|$)/,
		variables: [],
		configuredBy: /\bPOETRY_(?:WITHOUT|ONLY|WITH)\b/,
		folders: ['.venv'],
		source: 'Poetry documentation, install --only',
	},
	uv: {
		what: 'the group dev',
		decidedBy: /^--(?:no-dev|dev|only-dev|no-default-groups|group|no-group|only-group|all-groups)(?:=|$)/,
		variables: ['UV_NO_DEV', 'UV_NO_DEFAULT_GROUPS', 'UV_NO_GROUP'],
		configuredBy: never,
		folders: ['.venv'],
		source: 'uv documentation, uv sync --no-dev',
	},
};

/** Names of requirements files for developers: `requirements-dev.txt`, `requirements/test.txt`; by convention of many projects, no tool's. */
export const requirementsForDevelopers = /(?:^|\/)(?:requirements?[-_.])?(?:dev|develop|development|tests?|testing)(?:[-_.]requirements?)?\.(?:txt|pip|in)$/;
