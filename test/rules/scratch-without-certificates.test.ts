import { describe, expect, it } from 'vitest';
import { scratchWithoutCertificates as rule } from '../../server/src/rules/scratch-without-certificates';
import { checkLaws } from '../support/laws';
import { finds, fixes, silent, unfixable } from '../support/rules';

const built = 'FROM golang:1.24-alpine AS build\nRUN CGO_ENABLED=0 go build -o /app\nFROM scratch\nCOPY --from=build /app /app\n';
const asks = 'CMD ["/app", "--upstream=https://example.org/feed"]\n';

describe('scratch-without-certificates finds', () => {
	it.each([
		['an argument', `${built}CMD ["/app", "«--upstream=https://example.org/feed»"]\n`],
		['an argument behind its option', `${built}CMD ["/app", "--api-url", "«https://example.org»"]\n`],
		['a web socket', `${built}CMD ["/app", "«wss://example.org»"]\n`],
		['an argument of ENTRYPOINT', `${built}ENTRYPOINT ["/app", "«https://example.org»"]\n`],
		['a variable', `${built}ENV «API_URL=https://api.example.org» A=b\nCMD ["/app"]\n`],
		['a variable as of old', `${built}ENV UPSTREAM «https://api.example.org»\nCMD ["/app"]\n`],
		['busybox', 'FROM busybox:1.36\nCOPY app /usr/bin/app\nCMD ["app", "«https://example.org»"]\n'],
	])('%s', (_what, text) => {
		expect(finds(rule, text)[0]?.message).toMatch(/^(?:api\.)?example\.org is to be asked/);
	});
});

describe('scratch-without-certificates is silent on', () => {
	it.each([
		['no evidence', `${built}CMD ["/app"]\n`],
		['the list', `${built}COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n${asks}`],
		['Fedora’s list', `${built}COPY --from=build /etc/pki /etc/pki\n${asks}`],
		['a list by another name', `${built}ADD https://example.org/cacert.pem /x\n${asks}`],
		['a variable that names one', `${built}ENV SSL_CERT_FILE=/certs\n${asks}`],
		['a folder onto the root', `${built}COPY --from=build /rootfs /\n${asks}`],
		['a folder onto /etc', `${built}COPY etc /etc\n${asks}`],
		['a step that may fetch it', `${built}RUN ["/app", "init"]\n${asks}`],
		['a wish to do without', `${built}CMD ["/app", "--insecure", "https://example.org"]\n`],
		['a base that has it', 'FROM gcr.io/distroless/static\nCOPY app /app\nCMD ["/app", "https://example.org"]\n'],
		['a base that is not known', 'FROM acme/busybox\nCMD ["/app", "https://example.org"]\n'],
		['an address without TLS', `${built}CMD ["/app", "http://example.org"]\n`],
		['an address at home', `${built}CMD ["/app", "https://127.0.0.1:8443", "https://localhost/", "https://a.b.svc.cluster.local"]\n`],
		['a label', `${built}LABEL org.opencontainers.image.url=https://example.org\nCMD ["/app"]\n`],
		['a variable for people', `${built}ENV HOMEPAGE=https://example.org SOURCE_URL=https://example.org\nCMD ["/app"]\n`],
		['a variable that the build uses', 'FROM busybox\nENV API_URL=https://example.org\nADD $API_URL/x /x\nCMD ["/x"]\n'],
		['a program that only says it', 'FROM busybox\nCMD echo see https://example.org\n'],
		['an address of its own', `${built}CMD ["/app", "--public-url=https://example.org", "--cors-origin", "https://www.example.org"]\n`],
		['a variable with an address of its own', `${built}ENV SERVER_URL=https://example.org ISSUER=https://id.example.org\nCMD ["/app"]\n`],
		['a variable for browsers', `${built}ENV REACT_APP_API_URL=https://api.example.org\nCMD ["/app"]\n`],
		['a web server', 'FROM busybox\nENV API_URL=https://api.example.org\nCMD ["busybox", "httpd", "-f"]\n'],
		['an image that starts nothing', 'FROM scratch\nENV API_URL=https://example.org\n'],
		['a stage that does not ship', 'FROM scratch AS a\nCMD ["/app", "https://example.org"]\nFROM alpine\n'],
		['certificates that only the builder installs', `FROM golang AS build\nRUN apt-get install -y ca-certificates git\n${built.replace(/^.*\n/, '')}CMD ["/app"]\n`],
	])('%s', (_what, text) => silent(rule, text));
});

describe('scratch-without-certificates repairs', () => {
	it('by the builder’s list', () => {
		fixes(rule, `${built}${asks}`, `${built}COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\n${asks}`, 'suggested');
		const numbered = 'FROM rust:1\r\nFROM scratch\r\nCOPY --from=0 /bin/app /bin/app\r\nCMD ["app", "https://example.org"]\r\n';
		fixes(rule, numbered, numbered.replace('/bin/app /bin/app\r\n', '/bin/app /bin/app\r\nCOPY --from=0 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\r\n'), 'suggested');
		expect(checkLaws(`${built}${asks}`)).toEqual([]);
	});

	it.each([
		['another builder', 'FROM debian AS build\n'],
		['no stage', ''],
		['Windows', 'FROM golang:1.24-nanoserver AS build\n'],
	])('not by %s', (_what, builder) => {
		unfixable(rule, `${builder}FROM scratch\nCOPY --from=build /bin/app /bin/app\n${asks}`);
	});
});
