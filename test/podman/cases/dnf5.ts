import { lines, type RepairCase } from './repairCase';

const extras = /^\/usr\/share\/greeter-extras/;
const history = /^\/usr\/lib\/sysimage\/(?:libdnf5|rpm)\//;

/** Repairs of dnf 5's installations. Debian's package of it has the aliases that Fedora's has. */
export const dnf5Cases: readonly RepairCase[] = [
	{
		name: 'dnf 5: cleaned caches, and a later RUN that installs from the repository again',
		text: lines(
			'FROM fedora:42',
			'RUN dnf -y install greeter',
			'USER nobody',
			'RUN greeter | grep morning',
			'USER root',
			'RUN dnf -y install glibc-gconv-extra && rpm -q greeter glibc-gconv-extra > /packages',
		),
		safe: ['package-cache-kept'],
		suggested: ['package-cache-kept', 'weak-dependencies-installed'],
		shrinks: { safe: 10_000, suggested: 1_900_000 },
		allowed: { mayGo: [extras], mayChange: [history] },
		check: 'greeter && cat /packages',
		says: 'good morning\ngreeter-33-1.x86_64\nglibc-gconv-extra-33-1.x86_64\n',
	},
	{
		name: 'dnf 5: another root, and nothing said of the repositories of the host',
		builds: false,
		text: lines(
			'FROM fedora:42 AS builder',
			'RUN dnf -y --installroot /output --releasever 42 install greeter && \\',
			'    dnf -y --installroot /output clean all && rm -rf /output/var/cache/libdnf5 /output/var/log/dnf*',
			'FROM scratch',
			'COPY --from=builder /output /',
			'CMD ["/usr/bin/greeter"]',
		),
		safe: [],
		suggested: ['docs-installed', 'installroot-incomplete'],
		check:
			'greeter && for path in /usr/share/doc/greeter /usr/share/greeter-extras /usr/lib/locale/locale-archive /var/cache/libdnf5 /var/log/dnf5.log; do test ! -e $path || echo $path; done',
		says: 'good morning\n',
	},
];
