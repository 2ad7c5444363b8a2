import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Store } from './podman';

/** What the real image holds and says: certificate authorities, time zones, the names of users, no program. The files are those of Debian's packages. */
const recipe = `FROM scratch
COPY --from=docker.io/library/gcc:13 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=docker.io/library/gcc:13 /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=docker.io/library/gcc:13 /usr/lib/os-release /usr/lib/
COPY files /
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
USER 0
`;

const files: Readonly<Record<string, string>> = {
	'etc/passwd': 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n',
	'etc/group': 'root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n',
	'etc/nsswitch.conf': 'hosts: files dns\n',
};

/** Makes `gcr.io/distroless/static-debian12` in a store that has the stand-ins below it. */
export async function addStaticBase(store: Store): Promise<void> {
	const context = mkdtempSync(join(tmpdir(), 'whittle-'));
	try {
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(dirname(join(context, 'files', path)), { recursive: true });
			writeFileSync(join(context, 'files', path), text);
		}
		const { code, output } = await build(store, { text: recipe, context, tag: 'gcr.io/distroless/static-debian12:latest' });
		if (code !== 0) throw new Error(`The stand-in for distroless/static could not be made:\n${output.slice(-4000)}`);
	} finally {
		rmSync(context, { recursive: true });
	}
}
