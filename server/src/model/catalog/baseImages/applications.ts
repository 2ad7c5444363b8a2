import type { BaseImage } from '../baseImage';
import { apt, microdnf } from './managers';
import { officialRecords } from './variants';

const library = 'docker-library/official-images';

/** Programs that are ready to start. */
export const applicationImages: readonly BaseImage[] = [
	...officialRecords({
		name: 'nginx',
		kind: 'application',
		smallKind: 'application',
		on: 'debian-slim',
		passesOn: { env: { NGINX_VERSION: undefined }, user: null, stopSignal: 'SIGQUIT', entrypoint: ['/docker-entrypoint.sh'], cmd: ['nginx', '-g', 'daemon off;'], workdir: null },
		source: 'nginxinc/docker-nginx',
	}),
	...officialRecords({
		name: 'httpd',
		kind: 'application',
		smallKind: 'application',
		on: 'debian-slim',
		passesOn: {
			env: { HTTPD_PREFIX: '/usr/local/apache2', HTTPD_VERSION: undefined },
			user: null,
			stopSignal: 'SIGWINCH',
			entrypoint: null,
			cmd: ['httpd-foreground'],
			workdir: '/usr/local/apache2',
		},
		source: 'docker-library/httpd',
	}),
	...officialRecords({
		name: 'postgres',
		kind: 'application',
		smallKind: 'application',
		on: 'debian-slim',
		passesOn: {
			env: { PGDATA: undefined, PG_MAJOR: undefined, PG_VERSION: undefined },
			user: null,
			stopSignal: 'SIGINT',
			entrypoint: ['docker-entrypoint.sh'],
			cmd: ['postgres'],
			workdir: null,
		},
		source: 'docker-library/postgres',
	}),
	...['redis', 'memcached', 'haproxy'].flatMap((name) =>
		officialRecords({ name, kind: 'application', smallKind: 'application', on: 'debian-slim', passesOn: {}, source: `${library}, library/${name}` }),
	),
	...officialRecords({
		name: 'mongo',
		kind: 'application',
		smallKind: 'application',
		on: 'ubuntu',
		plainTags: /^(?:[4-9]|latest$)/,
		passesOn: {},
		source: `${library}, library/mongo`,
	}),
	...officialRecords({
		name: 'rabbitmq',
		kind: 'application',
		smallKind: 'application',
		on: 'ubuntu',
		plainTags: /^(?:3\.(?:[89]|1\d)|[4-9]|latest$|management$)/,
		passesOn: {},
		source: `${library}, library/rabbitmq`,
	}),
	{
		names: ['mariadb'],
		tags: /^(?!.*ubi)(?:10\.(?:[4-9]|1\d)|1[1-9]|latest$|lts)/,
		family: 'deb',
		distribution: 'ubuntu',
		release: /(resolute|noble|jammy|focal|bionic)/,
		...apt,
		kind: 'application',
		sets: { weakDependenciesOff: false, dockerClean: true },
		passesOn: {},
		source: `${library}, library/mariadb`,
	},
	{
		names: ['mysql'],
		tags: /oracle|^(?:8\.[1-9]\d*|9|[1-9]\d|latest$|lts|innovation)/,
		family: 'rpm',
		distribution: 'oracle',
		...microdnf,
		kind: 'application',
		sets: {},
		passesOn: {},
		source: 'docker-library/mysql, Dockerfile.oracle',
	},
];
