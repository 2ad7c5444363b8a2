import { describe, expect, it } from 'vitest';
import { type Context, loneFile } from '../../server/src/model/context/context';
import { sourcesBeforeDependencies as rule } from '../../server/src/rules/sources-before-dependencies';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

/** A build context with these files, texts where they are given; ignore files by their names. */
function context(files: Readonly<Record<string, string | undefined>>): Context {
	const texts = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return {
		...loneFile,
		buildContext: {
			present: new Set(Object.keys(files)),
			ignoreFiles: new Map(texts.filter(([name]) => name.endsWith('ignore'))),
			fileName: 'Containerfile',
			manifests: new Map(texts.filter(([name]) => !name.endsWith('ignore'))),
		},
	};
}

const head = 'FROM node:22\nWORKDIR /app\n';
const tail = 'CMD ["node", "server.js"]\n';
const lock = { 'package.json': '{"dependencies": {"express": "5"}}', 'package-lock.json': undefined };

describe('sources-before-dependencies', () => {
	it.each([
		`${head}«COPY . .»\nRUN npm ci\n${tail}`,
		`${head}«COPY --chown=node ./ /app»\nRUN npm install && npm run build\n${tail}`,
		`${head}«ADD . .»\nRUN apt-get update && apt-get install -y git\nRUN cd web && yarn\n${tail}`,
		`${head}COPY package*.json ./\n«COPY . .»\nRUN pnpm install --frozen-lockfile\n${tail}`,
		'FROM python:3.12\n«COPY . /app»\nWORKDIR /app\nRUN pip install --no-cache-dir -r requirements.txt\nCMD ["python", "x.py"]\n',
		'FROM python:3.12\n«COPY . .»\nRUN pip install --upgrade pip && pip install -r requirements.txt\n',
		'FROM golang:1.22 AS b\n«COPY . .»\nRUN go mod download\nRUN go build -o /x .\nFROM scratch\nCOPY --from=b /x /x\n',
		'FROM ruby:3.3\n«COPY . .»\nRUN bundle install --jobs 4\nCMD ["rails", "server"]\n',
		'FROM php:8-apache\n«COPY . .»\nRUN composer install --no-dev\n',
		'FROM maven:3\n«COPY . .»\nRUN mvn dependency:go-offline\n',
		'FROM rust:1.80\n«COPY . .»\nRUN cargo fetch\n',
		'FROM python:3.12\n«COPY . .»\nRUN poetry install --no-root --only main\n',
		'FROM python:3.12\n«COPY . .»\nRUN uv sync --frozen --no-install-project\n',
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		`${head}COPY package*.json ./\nRUN npm ci\nCOPY . .\n${tail}`,
		// The second one has little left to do.
		`${head}COPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm ci\n${tail}`,
		`${head}COPY src src\nRUN npm ci\n${tail}`,
		// A step on the sources may write what the installation reads.
		`${head}COPY . .\nRUN ./prepare.sh\nRUN npm ci\n${tail}`,
		`${head}COPY . .\nRUN node generate.js && npm ci\n${tail}`,
		`${head}COPY . .\nRUN make deps && npm ci\n${tail}`,
		`${head}COPY . .\nRUN npm install express\n${tail}`,
		`${head}COPY . .\nRUN npm install -g pm2\n${tail}`,
		`${head}COPY . .\nRUN npm install .\n${tail}`,
		`${head}COPY . .\nRUN yarn install --offline\n${tail}`,
		`${head}COPY . .\nRUN yarn build\n${tail}`,
		// Each package of a workspace has a package.json of its own.
		`${head}COPY . .\nRUN npm ci --workspaces\n${tail}`,
		`${head}COPY . .\nRUN pnpm install --frozen-lockfile\nRUN pnpm -r build\n${tail}`,
		`${head}COPY . .\nRUN pnpm install && pnpm deploy --filter=app --prod /prod\n${tail}`,
		`${head}COPY . .\nRUN yarn && npx turbo build\n${tail}`,
		// The Gemfile of a gem reads the gem's own specification.
		'FROM ruby:3.3\nCOPY . /usr/lib/gem\nRUN bundle install\n',
		'FROM ruby:3.3\nCOPY . .\nRUN bundle install\nENTRYPOINT ["bundle", "exec", "bolt"]\n',
		// Little is fetched again.
		`${head}COPY . .\nRUN --mount=type=cache,target=/root/.npm npm ci\n${tail}`,
		`${head}COPY --exclude=src . .\nRUN npm ci\n${tail}`,
		`${head}COPY --from=x . .\nRUN npm ci\n${tail}`,
		`${head}COPY . .\nRUN if [ -f package.json ]; then npm ci; fi\n${tail}`,
		`${head}ONBUILD COPY . .\nONBUILD RUN npm ci\n${tail}`,
		// What is installed is the project itself.
		'FROM python:3.12\nCOPY . .\nRUN pip install .\n',
		'FROM python:3.12\nCOPY . .\nRUN pip install -e . -r requirements.txt\n',
		'FROM python:3.12\nCOPY . .\nRUN pip install -r https://example.com/requirements.txt\n',
		'FROM python:3.12\nCOPY . .\nRUN poetry install\n',
		'FROM python:3.12\nCOPY . .\nRUN uv sync\n',
		'FROM golang:1.22\nCOPY . .\nRUN go build -o /x .\n',
		// Nothing of the stage ships.
		'FROM node:22 AS test\nCOPY . .\nRUN npm ci\nFROM node:22\nCOPY x.js /\n',
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it.each([
		[`${head}COPY . .\nRUN npm ci\n${tail}`, `${head}COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n${tail}`, context(lock)],
		[
			`${head}# the app\nCOPY --chown=node . /app\n\nENV A=1\nRUN npm install && npm cache clean --force\n${tail}`,
			`${head}COPY --chown=node package.json package-lock.json /app/\n\nENV A=1\nRUN npm install && npm cache clean --force\n# the app\nCOPY --chown=node . /app\n${tail}`,
			context(lock),
		],
		[
			`${head}COPY package.json yarn.lock ./\r\nCOPY . .\r\nRUN yarn\r\n`.replace(/\r?\n/g, '\r\n'),
			`${head}COPY package.json yarn.lock ./\r\nRUN yarn\r\nCOPY . .\r\n`.replace(/\r?\n/g, '\r\n'),
			context({ 'package.json': undefined, 'yarn.lock': undefined }),
		],
		[
			'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt',
			'FROM python:3.12\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt\nCOPY . .',
			context({ 'requirements.txt': 'flask==3\n' }),
		],
		[
			'FROM golang:1.22 AS b\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go build -o /x .\nFROM scratch\nCOPY --from=b /x /x\n',
			'FROM golang:1.22 AS b\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build -o /x .\nFROM scratch\nCOPY --from=b /x /x\n',
			context({ 'go.mod': 'module x\n', 'go.sum': undefined }),
		],
		// node_modules stays out of the copy.
		[
			`${head}COPY . .\nRUN npm ci\n${tail}`,
			`${head}COPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n${tail}`,
			context({ ...lock, node_modules: undefined, '.dockerignore': 'node_modules\n' }),
		],
	])('repairs %j', (before, after, where) => {
		fixes(rule, before, after, 'review', where);
		expect(checkLaws(before, where)).toEqual([]);
	});

	it('warns of scripts in the title', () => {
		expect(fixes(rule, rule.docs.before, rule.docs.after ?? '', 'review', context(lock)).title).toContain('if no script of package.json needs the sources');
	});

	it.each([
		['the build context is not known', `${head}COPY . .\nRUN npm ci\n${tail}`, loneFile],
		['there is no manifest', `${head}COPY . .\nRUN npm ci\n${tail}`, context({ 'package-lock.json': undefined })],
		['npm ci has no lock file', `${head}COPY . .\nRUN npm ci\n${tail}`, context({ 'package.json': '{}' })],
		['the manifest is ignored', `${head}COPY . .\nRUN npm ci\n${tail}`, context({ ...lock, '.dockerignore': '*.json\n' })],
		['the local node_modules would lie over the installed ones', `${head}COPY . .\nRUN npm ci\n${tail}`, context({ ...lock, node_modules: undefined })],
		['a script runs on installation', `${head}COPY . .\nRUN npm ci\n${tail}`, context({ ...lock, 'package.json': '{"scripts": {"postinstall": "node x.js"}}' })],
		['there are workspaces', `${head}COPY . .\nRUN npm ci\n${tail}`, context({ ...lock, 'package.json': '{"workspaces": ["a"]}' })],
		['a dependency lies in the project', `${head}COPY . .\nRUN npm ci\n${tail}`, context({ ...lock, 'package.json': '{"dependencies": {"a": "file:./a"}}' })],
		['a configuration belongs to it', `${head}COPY . .\nRUN npm ci\n${tail}`, context({ ...lock, '.npmrc': undefined })],
		['more than that is done', `${head}COPY . .\nRUN npm ci && npm run build\n${tail}`, context(lock)],
		['it goes elsewhere', `${head}COPY . /src\nRUN npm ci\n${tail}`, context(lock)],
		['it runs elsewhere', `${head}COPY . .\nRUN cd web && npm ci\n${tail}`, context(lock)],
		['something is between', `${head}COPY . .\nUSER node\nRUN npm ci\n${tail}`, context(lock)],
		['it is ADD', `${head}ADD . .\nRUN npm ci\n${tail}`, context(lock)],
		['comments would change places', `${head}# a\nCOPY . .\n# b\nRUN npm ci\n${tail}`, context(lock)],
		['other requirements are named', 'FROM python:3.12\nWORKDIR /a\nCOPY . .\nRUN pip install -r requirements.txt\n', context({ 'requirements.txt': '-r base.txt\n' })],
		['a module is replaced by a folder', 'FROM golang:1.22\nWORKDIR /a\nCOPY . .\nRUN go mod download\n', context({ 'go.mod': 'replace x => ./x\n', 'go.sum': undefined })],
		['Bundler may read more', 'FROM ruby:3.3\nWORKDIR /a\nCOPY . .\nRUN bundle install\nCMD ["puma"]\n', context({ Gemfile: undefined })],
	])('offers no repair where %s', (_why, text, where) => {
		unfixable(rule, text, where);
	});
});
