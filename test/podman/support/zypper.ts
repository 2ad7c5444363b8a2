import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addBase } from './addedBase';
import type { Store } from './podman';
import { run } from './programs';

/**
 * openSUSE Leap 15.6 is Fedora 33's stand-in with the release package of its own repository, which is found by its release only as SUSE's are, and instead of dnf
 * Debian's zypper with the configuration of SUSE's images. Its packages have the names of Fedora but for those below.
 */
const recipe = `FROM registry.fedoraproject.org/fedora:33 AS system
ADD zypper.tar /
RUN rpm --erase --nodeps fedora-release $(rpm -qa 'python3*' '*dnf*') && rm -rf /etc/dnf /etc/yum.repos.d /usr/lib/python3* && \\
    rpm --install --nodeps /opt/suse/15.6/*/openSUSE-release-*.rpm

FROM scratch
COPY --from=system / /
CMD ["/bin/bash"]
`;

/** SUSE's names of packages that the stand-ins have under others; its glibc asks for no language pack. */
const specification = `Name: suse
Version: 15.6
Release: 1
License: MIT
Summary: Stand-ins for packages of openSUSE
BuildArch: noarch
%description
Stand-ins.
%package -n openSUSE-release
Summary: The release
Provides: system-release
Provides: glibc-langpack
%description -n openSUSE-release
The release.
%files -n openSUSE-release
/etc/os-release
/etc/products.d
/usr/lib/os-release
${[
	['shadow', 'shadow-utils'],
	['ca-certificates-mozilla', 'ca-certificates'],
]
	.map(([name, needs]) => `%package -n ${name}\nSummary: ${name}\nRequires: ${needs}\n%description -n ${name}\n${name}\n%files -n ${name}\n`)
	.join('')}%install
mkdir -p %{buildroot}/etc/products.d %{buildroot}/usr/lib
printf 'NAME="openSUSE Leap"\\nID="opensuse-leap"\\nVERSION_ID="15.6"\\nPRETTY_NAME="openSUSE Leap 15.6 (a stand-in made of Debian packages)"\\n' > %{buildroot}/usr/lib/os-release
ln -s ../usr/lib/os-release %{buildroot}/etc/os-release
ln -s Leap.prod %{buildroot}/etc/products.d/baseproduct
cat > %{buildroot}/etc/products.d/Leap.prod <<END
<product schemeversion="0"><vendor>openSUSE</vendor><name>Leap</name><version>15.6</version><release>1</release><arch>noarch</arch><productline>Leap</productline><summary>openSUSE Leap 15.6</summary></product>
END
`;

/** What makes the archive: zypper, the programs that libzypp starts, the libraries of all of them, and what tells it where packages are. */
const tree = `set -e
libraries=$(basename "$1"/usr/lib/*-linux-gnu)
loader=$(cd "$1" && echo usr/lib*/ld-linux-*.so.*)
mkdir -p "$2/usr/bin" "$2/usr/lib/$libraries" "$2/etc/zypp/repos.d" "$2/opt/suse"
for name in zypper repo2solv rpmdb2solv; do
	cp -a "$1/usr/bin/$name" "$2/usr/bin"
	needed=$(chroot "$1" "/\${loader%% *}" --list "/usr/bin/$name")
	for path in $(echo "$needed" | awk '$3 ~ "^/" { print $3 }'); do cp -L "$1$path" "$2/usr/lib/$libraries"; done
done
printf '[main]\\nsolver.onlyRequires = true\\nrpm.install.excludedocs = yes\\n' > "$2/etc/zypp/zypp.conf"
printf '[repo-oss]\\nname=Stand-ins\\nenabled=1\\nautorefresh=1\\nbaseurl=file:///repo/packages\\ngpgcheck=0\\n[repo-release]\\nname=The release\\nenabled=1\\nautorefresh=1\\nbaseurl=file:///opt/suse/$releasever\\ngpgcheck=0\\n' > "$2/etc/zypp/repos.d/openSUSE.repo"
rpmbuild -bb --quiet --nodeps --define "_topdir $2.rpm" --define "_rpmdir $2/opt/suse/15.6" --define "_dbpath $2.rpm/db" --define '_binary_payload w1.gzdio' "$4"
createrepo_c --quiet "$2/opt/suse/15.6"
tar --numeric-owner --owner=0 --group=0 -C "$2" -cf "$3" .`;

const unpack = ['--quiet', '--variant=extract', '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr', '--include=zypper,libsolv-tools'];

/** Makes `docker.io/opensuse/leap:15.6` in a store that has the stand-ins below it. */
export function addLeapWithZypper(store: Store): Promise<void> {
	return addBase(store, { tag: 'docker.io/opensuse/leap:15.6', recipe, name: 'zypper', parts: [specification, unpack], unpack: unpackZypper, tree });
}

async function unpackZypper(root: string, workspace: string): Promise<readonly string[]> {
	await run('mmdebstrap', [...unpack, 'bookworm', root]);
	const file = join(workspace, 'suse.spec');
	writeFileSync(file, specification);
	return [file];
}
