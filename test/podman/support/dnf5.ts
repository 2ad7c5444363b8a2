import { addBase } from './addedBase';
import type { Store } from './podman';
import { attempt } from './programs';

/**
 * Fedora 42 is Fedora 33's stand-in with the database of rpm where it has been since Fedora 36, the release package of its own repository, and instead of dnf 4 the
 * dnf 5 of Debian forky under all its names, with Fedora's configuration of containers and no plugin of libdnf5.
 */
const recipe = `FROM registry.fedoraproject.org/fedora:33
RUN rpm --erase --nodeps dnf dnf-data python3-dnf fedora-release && rpm --install /repo/fedora-42/*/*.rpm && rm -rf /etc/dnf /usr/bin/dnf /usr/bin/yum && mkdir -p /usr/lib/sysimage && \\
    mv /var/lib/rpm /usr/lib/sysimage/rpm && echo '%_dbpath /usr/lib/sysimage/rpm' > /etc/rpm/macros.stand-in
ADD dnf5.tar /
RUN echo tsflags=nodocs >> /etc/dnf/dnf.conf
`;

/** Beside another C library than its own it needs all of its libraries, its loader and rpm's settings; what it looks for by fixed paths is where it has to be. */
const tree = `set -e
triple=$(basename "$1"/usr/lib/*-linux-gnu)
mkdir -p "$2/opt/dnf5" "$2/usr/bin" "$2/usr/share" "$2/usr/lib/$triple" "$2/usr/lib/sysimage" "$2/etc"
cp -a "$1/usr/lib/$triple" "$2/opt/dnf5/lib"
cp -a "$1/usr/lib/rpm" "$1/usr/bin/dnf5" "$2/opt/dnf5"
cp -a "$1/usr/share/dnf5" "$2/usr/share"
cp -a "$1/etc/dnf" "$2/etc"
rm -r "$2/etc/dnf/libdnf5-plugins"
for name in dnf5 libdnf5; do ln -s "/opt/dnf5/lib/$name" "$2/usr/lib/$triple/$name"; done
cat > "$2/usr/bin/dnf5" <<'END'
#!/bin/sh
RPM_CONFIGDIR=/opt/dnf5/rpm exec /opt/dnf5/lib/ld-linux-*.so.* --library-path /opt/dnf5/lib /opt/dnf5/dnf5 "$@"
END
chmod 755 "$2/usr/bin/dnf5"
ln -s dnf5 "$2/usr/bin/dnf"
ln -s dnf5 "$2/usr/bin/yum"
tar --numeric-owner --owner=0 --group=0 -C "$2" -cf "$3" .`;

/** The signature of forky's Release file is checked; its age is not, since a mirror for tests may stand still and forky's is valid for a week. */
const mirror = 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian forky main';
const unpack = ['--quiet', '--variant=extract', '--aptopt=Acquire::Check-Valid-Until "false"', '--include=dnf5'];

/** Makes `registry.fedoraproject.org/fedora:42` in a store that has the stand-ins below it. Says so by name where Debian forky cannot be reached. */
export function addFedoraWithDnf5(store: Store): Promise<void> {
	return addBase(store, { tag: 'registry.fedoraproject.org/fedora:42', recipe, name: 'dnf5', parts: [mirror, unpack], unpack: unpackDnf5, tree });
}

async function unpackDnf5(root: string): Promise<readonly string[]> {
	const { code, output } = await attempt('mmdebstrap', [...unpack, 'forky', root, mirror]);
	if (code !== 0) throw new Error(`Debian forky cannot be had, the first release of Debian with dnf 5:\n${output.slice(-4000)}`);
	return [];
}
