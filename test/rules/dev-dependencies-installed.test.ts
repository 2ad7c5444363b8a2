import { describe, expect, it } from 'vitest';
import { type Context, loneFile } from '../../server/src/model/context/context';
import { devDependenciesInstalled as rule } from '../../server/src/rules/dev-dependencies-installed';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const start = 'CMD ["node", "server.js"]\n';
const node = (lines: string, end = start, image = 'node:22-slim') => `FROM ${image}\nWORKDIR /app\nCOPY package*.json ./\n${lines}\nCOPY . .\n${end}`;
const ruby = (lines: string, end = 'ENV RAILS_ENV=production\nCMD ["bundle", "exec", "puma"]\n') => `FROM ruby:3.3\nCOPY Gemfile* ./\n${lines}\nCOPY . .\n${end}`;
const php = (lines: string) => `FROM php:8-apache\nCOPY . .\n${lines}\n`;
const python = (lines: string, end = 'CMD ["gunicorn", "x:app"]\n') => `FROM python:3.12-slim\nCOPY . .\n${lines}\n${end}`;

function manifest(text: string): Context {
	return { ...loneFile, buildContext: { present: new Set(['package.json']), ignoreFiles: new Map(), fileName: 'Containerfile', manifests: new Map([['package.json', text]]) } };
}

describe('dev-dependencies-installed', () => {
	it.each([
		node('RUN «npm ci»'),
		node('RUN «npm install» && npm cache clean --force', 'ENTRYPOINT ["tini", "--", "node", "--enable-source-maps", "./bin/www"]\n'),
		node('RUN «npm i»', 'CMD node server.js\n'),
		node('RUN «npm ci»', 'CMD ["pm2-runtime", "ecosystem.config.js"]\n'),
		// Behind the installation it says nothing for it.
		node('RUN «npm ci»\nENV NODE_ENV=production'),
		node('RUN «yarn install» --frozen-lockfile'),
		node('RUN «yarn»'),
		node('RUN corepack enable && «pnpm install» --frozen-lockfile'),
		// What the builder installed is copied whole, and only a build needed it.
		'FROM node:22 AS b\nWORKDIR /app\nCOPY . .\nRUN «npm ci» && npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=b /app/node_modules node_modules\nCOPY --from=b /app/dist dist\nCMD ["node", "dist/main.js"]\n',
		'FROM node:22 AS b\nWORKDIR /app\nCOPY . .\nRUN «npm ci»\nFROM node:22-slim\nCOPY --from=b /app /app\nCMD ["node", "/app/main.js"]\n',
		ruby('RUN «bundle install»'),
		// One line before the first is for all.
		ruby('RUN «bundle install»\nRUN cd engine && bundle install'),
		php('RUN «composer install» --no-interaction && chown -R www-data .'),
		python('RUN pip install poetry && «poetry install» --no-root'),
		python('RUN «uv sync» --frozen'),
		python('RUN «pipenv install» --dev --system'),
		python('RUN «pip install» -r requirements.txt -r requirements-dev.txt'),
		python('RUN «pip install» -r requirements/test.txt'),
	])('finds %j', (text) => {
		finds(rule, text);
		expect(checkLaws(text.replace(/[«»]/g, ''))).toEqual([]);
	});

	it.each([
		node('RUN npm ci --omit=dev'),
		node('RUN npm ci --omit dev'),
		node('RUN npm install --production'),
		node('RUN npm install --only=prod'),
		node('RUN npm ci --include=dev'),
		node('ENV NODE_ENV=production\nRUN npm ci'),
		node('ARG NODE_ENV=production\nRUN npm ci'),
		node('ARG NODE_ENV\nRUN npm ci'),
		node('ENV NODE_ENV=development\nRUN npm ci'),
		node('RUN NODE_ENV=production npm ci'),
		node('RUN export NODE_ENV=production && npm ci'),
		node('ENV NPM_CONFIG_OMIT=dev\nRUN npm ci'),
		node('RUN npm config set omit dev && npm ci'),
		node('COPY .npmrc .\nRUN npm ci'),
		node('RUN npm ci $NPM_FLAGS'),
		// A base that nobody knows may set NODE_ENV or BUNDLE_WITHOUT.
		node('RUN npm ci', start, 'bitnami/node:18-prod'),
		'FROM acme/ruby:3\nCOPY . .\nRUN bundle install\nENV RAILS_ENV=production\nCMD ["bundle", "exec", "puma"]\n',
		// It says itself that it is for development.
		php('ENV APP_ENV=dev\nRUN composer install'),
		php('RUN pecl install xdebug && docker-php-ext-enable xdebug\nRUN composer install'),
		python('ENV ENVIRONMENT=local\nRUN uv sync'),
		node('RUN npm install express'),
		node('RUN npm install -g pm2'),
		// Dropped behind the build.
		node('RUN npm ci && npm run build && npm prune --omit=dev'),
		node('RUN npm ci\nRUN npm prune --production'),
		node('RUN npm ci && rm -rf node_modules && npm ci --omit=dev'),
		// The build needs them: single-stage-build tells.
		node('RUN npm ci\nCOPY . .\nRUN npm run build'),
		node('RUN npm ci\nRUN npx tsc'),
		node('RUN npm ci\nRUN npm test'),
		node('RUN npm ci\nRUN ./setup.sh'),
		node('RUN npm ci\nRUN node scripts/build.js'),
		// What is started is for developers, or may be.
		node('RUN npm ci', 'CMD ["npm", "run", "dev"]\n'),
		node('RUN npm ci', 'CMD ["npm", "start"]\n'),
		node('RUN npm ci', 'CMD ["npx", "nodemon", "server.js"]\n'),
		node('RUN npm ci', 'CMD ["node", "--watch", "server.js"]\n'),
		node('RUN npm ci', 'CMD ["node", "--inspect", "server.js"]\n'),
		node('RUN npm ci', 'CMD ["node", "-r", "ts-node/register", "src/main.ts"]\n'),
		node('RUN npm ci', 'CMD ["node", "-r", "@babel/register", "src/main.js"]\n'),
		node('RUN npm ci', 'CMD ["node", "node_modules/.bin/ng", "x"]\n'),
		node('RUN npm ci', 'CMD ["/entrypoint.sh"]\n'),
		node('RUN npm ci', ''),
		node('RUN npm ci').replace('node:22-slim', 'node:22-slim AS development'),
		'FROM node:22 AS b\nWORKDIR /app\nRUN npm ci && npm run build\nFROM nginx\nCOPY --from=b /app/dist /usr/share/nginx/html\nCMD ["nginx"]\n',
		'FROM node:22 AS b\nWORKDIR /app\nRUN npm ci && npm run build\nFROM node:22-slim\nCOPY --from=b /app /app\nRUN npm ci --omit=dev\nCMD ["node", "x.js"]\n',
		ruby('RUN bundle install --without development test'),
		ruby('ENV BUNDLE_WITHOUT=development\nRUN bundle install'),
		ruby('RUN bundle config set --local without development && bundle install'),
		ruby('RUN bundle install', 'CMD ["rails", "server"]\n'),
		ruby('RUN bundle install', 'ENV RAILS_ENV=development\nCMD ["puma"]\n'),
		ruby('RUN bundle install\nRUN bundle exec rspec'),
		php('RUN composer install --no-dev'),
		php('ENV COMPOSER_NO_DEV=1\nRUN composer install'),
		php('RUN composer install\nRUN vendor/bin/phpunit'),
		php('RUN composer install\nRUN php artisan migrate'),
		python('RUN poetry install --only main'),
		python('RUN poetry install --no-dev'),
		python('RUN poetry install', 'CMD ["python", "manage.py", "runserver"]\n'),
		python('RUN uv sync --no-dev'),
		python('ENV UV_NO_DEV=1\nRUN uv sync'),
		// It would install them as it starts.
		python('RUN uv sync', 'CMD ["uv", "run", "gunicorn", "x:app"]\n'),
		python('RUN pipenv install --system'),
		python('RUN pip install -r requirements.txt'),
		python('RUN pip install -r requirements-dev.txt && pytest'),
		python('RUN pip install -r requirements-dev.txt', 'CMD ["pytest"]\n'),
		python('RUN pip install -r development-tools-list.txt'),
	])('is silent on %j', (text) => {
		silent(rule, text);
	});

	it.each([
		[node('RUN npm ci'), node('RUN npm ci --omit=dev')],
		[node('RUN npm ci', start, 'node:12-alpine'), node('RUN npm ci --only=production', start, 'node:12-alpine')],
		[node('RUN yarn --frozen-lockfile'), node('RUN yarn --production --frozen-lockfile')],
		[node('RUN pnpm i'), node('RUN pnpm i --prod')],
		[ruby('# gems\nRUN bundle install'), ruby('ENV BUNDLE_WITHOUT=development:test\n# gems\nRUN bundle install')],
		[php('RUN composer install --no-scripts'), php('RUN composer install --no-dev --no-scripts')],
		[php('ENV APP_ENV=prod\nRUN composer install'), php('ENV APP_ENV=prod\nRUN composer install --no-dev')],
		[python('RUN pip install poetry==1.8.3 && poetry install'), python('RUN pip install poetry==1.8.3 && poetry install --only main')],
		[python('RUN pip install poetry==1.1.4 && poetry install'), python('RUN pip install poetry==1.1.4 && poetry install --no-dev')],
		[python('RUN uv sync --frozen'), python('RUN uv sync --no-dev --frozen')],
	])('repairs %j', (before, after) => {
		fixes(rule, before, after, 'suggested');
		silent(rule, after);
		expect(checkLaws(before)).toEqual([]);
	});

	it.each([
		// Which npm or yarn this is.
		node('RUN npm ci', start, 'debian:12'),
		'FROM node:22\nCOPY . .\nRUN yarn install\nCMD ["node", "x.js"]\n',
		node('RUN corepack enable && yarn install --immutable'),
		// Symfony's scripts load what is for development.
		php('RUN composer install'),
		python('ARG V\nRUN pip install poetry==$V && poetry install'),
		python('RUN pip install -r requirements-dev.txt'),
		// The stage is built for itself, too.
		'FROM node:22 AS dev\nWORKDIR /app\nRUN npm ci\nCMD ["npm", "run", "dev"]\nFROM dev AS prod\nCMD ["node", "server.js"]\n',
		'FROM node:22 AS development\nWORKDIR /app\nRUN npm ci\nFROM development AS prod\nCMD ["node", "server.js"]\n',
		// Of another version nobody knows the option.
		'FROM debian:12\nRUN apt-get update && apt-get install -y python3-poetry\nRUN poetry install\nCMD ["python3", "app.py"]\n',
		// First it builds.
		'FROM node:22 AS b\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-slim\nCOPY --from=b /app /app\nCMD ["node", "/app/main.js"]\n',
		node('RUN ["npm", "ci"]'),
	])('offers no repair for %j', (text) => {
		unfixable(rule, text);
	});

	it('reads package.json where it may', () => {
		const npm = node('RUN npm ci', 'CMD ["npm", "start"]\n');
		const dev = '"devDependencies": {"jest": "29"}';
		fixes(rule, npm, npm.replace('npm ci', 'npm ci --omit=dev'), 'suggested', manifest(`{"scripts": {"start": "node server.js"}, ${dev}}`));
		silent(rule, npm, manifest(`{"scripts": {"start": "nodemon server.js"}, ${dev}}`));
		silent(rule, npm, manifest(`{"scripts": {"start": "node server.js", "prestart": "npm run build"}, ${dev}}`));
		silent(rule, npm, manifest(`{"scripts": {}, ${dev}}`));
		silent(rule, node('RUN npm ci'), manifest('{"dependencies": {"express": "5"}}'));
		silent(rule, npm, manifest('{'));
		silent(rule, npm, manifest('null'));
		silent(rule, node('RUN npm ci', 'CMD ["npm", "run", "constructor"]\n'), manifest(`{${dev}}`));
		unfixable(rule, node('RUN npm ci'), manifest(`{"scripts": {"prepare": "husky"}, ${dev}}`));
	});
});
