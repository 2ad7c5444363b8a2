import type { ManagerId } from '../packageManager';

/**
 * What a package manager leaves in a root that it fills, as absolute paths for `rm -rf`. The database of rpm is not among them, as scanners read it, nor is
 * `/var/cache` itself: packages own folders there (`rpm -qf /var/cache/*` on Fedora names glibc, httpd, man-db).
 */
export interface RpmLeftovers {
	/** The folder of its cache, of which its own cleaning leaves folders and a few files; undefined where it lies outside of the root. */
	readonly cache?: string;
	readonly logs: readonly string[];
	/** What it knows of its own doings, which is of no use where it is not. */
	readonly history: readonly string[];
	readonly source: string;
}

const recipes = 'dnf(8), --installroot; sclorg/httpd-container, 2.4-micro; travier/quay-containerfiles';

const leftovers: Readonly<Partial<Record<ManagerId, RpmLeftovers>>> = {
	dnf4: { cache: '/var/cache/dnf', logs: ['/var/log/dnf*', '/var/log/hawkey.log'], history: ['/var/lib/dnf'], source: recipes },
	dnf5: {
		cache: '/var/cache/libdnf5',
		logs: ['/var/log/dnf*'],
		history: ['/usr/lib/sysimage/libdnf5', '/var/lib/dnf', '/run/dnf'],
		source: `${recipes}; dnf5 5.4.6 with --installroot`,
	},
	microdnf: { logs: ['/var/log/hawkey.log'], history: ['/var/lib/dnf'], source: recipes },
	yum3: { cache: '/var/cache/yum', logs: ['/var/log/yum.log'], history: [], source: 'yum.conf(5), cachedir and logfile' },
	tdnf: {
		cache: '/var/cache/tdnf',
		logs: [],
		history: ['/var/lib/tdnf'],
		source: 'vmware/tdnf, client/api.c and client/history.c: the folder of its cache and its database are below the root',
	},
	zypper: {
		cache: '/var/cache/zypp',
		logs: ['/var/log/zypp'],
		history: ['/var/lib/zypp', '/run/zypp.pid'],
		source: 'zypper 1.14.42 with --installroot, and LOG_CLEAN of SUSE/BCI-dockerfile-generator; its own log is the builder’s',
	},
};

/** Undefined for a package manager that fills no root of rpm packages. */
export function leftoversOf(id: ManagerId): RpmLeftovers | undefined {
	return leftovers[id];
}
