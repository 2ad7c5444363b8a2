import { describe, expect, it } from 'vitest';
import { becauseOf } from '../../server/src/podman/explain';
import { complaints, complaints54 } from './recorded/answers';

const sentences: Readonly<Record<keyof typeof complaints, RegExp>> = {
	noSocket: /does not answer \(dial unix \/nowhere\.sock: connect: no such file or directory.*; start it \(`podman machine start`/,
	noRights: /may not use the socket/,
	noSsh: /does not answer \(dial tcp 127\.0\.0\.1:2: connect: connection refused.*podman system connection list/,
	noConnection: /knows no connection nope; `podman system connection list`/,
	refusedPush: /The registry 127\.0\.0\.1:5322 refuses the login; log in with `podman login 127\.0\.0\.1:5322`/,
	refusedPull: /The registry 127\.0\.0\.1:5322 refuses the login; log in with `podman login 127\.0\.0\.1:5322`/,
	plainHttp: /The registry 127\.0\.0\.1:5321 does not speak HTTPS.*--tls-verify=false/,
	noRegistry: /The registry reg\.nowhere\.invalid does not answer \(no such host\)/,
	noTag: /no such image in the registry: 127\.0\.0\.1:5321\/nothing/,
	shortName: /does not know from where to pull nothing-at-all; write the registry/,
	noArchitecture: /not there for s390x/,
	notPulled: /127\.0\.0\.1:5321\/bb:1 is not in the local store/,
	noEmulator: /cannot run programs of this platform; install an emulator/,
	noEmulatorCrun: /cannot run programs of this platform; install an emulator/,
	fullDisk: /^The disk is full/,
	noIds: /not use as many user IDs.*\/etc\/subuid.*`podman system migrate`/,
	noHome: /^Podman may not write to \/home\/me\/\.local\/share/,
	noFile: /^COPY nofile \/x finds no \/nofile in \/src; .*ignore file/,
	noTarget: /^The Containerfile has no stage nope; --target takes a name that stands behind AS$/,
	noFrom: /^The file has no FROM with an image, .*--build-arg/,
	emptyFrom: /^The file has no FROM with an image, .*--build-arg/,
	emptyFile: /^\/src\/Containerfile is empty/,
	noStage: /^No stage and no image is named zzz/,
	noInstruction: /^There is no instruction FOO; /,
	failedRun: /^The command of a RUN ended with exit status 42: RUN exit 42$/,
};

describe('why podman failed', () => {
	it.for(Object.entries(sentences))('%s', ([name, sentence]) => {
		const because = becauseOf({ status: 125, stdout: '', stderr: complaints[name as keyof typeof complaints] }, 'podman');
		expect(because).toMatch(sentence);
		expect(because).not.toContain('\n');
	});

	it.for(Object.entries(complaints54))('%s, with podman 5.4.2', ([name, stderr]) => {
		const because = becauseOf({ status: 125, stdout: '', stderr }, 'podman');
		const sentence = name === 'failedRun' ? /^The command of a RUN ended with exit status 42: RUN echo "q" && exit 42$/ : sentences[name as keyof typeof complaints];
		expect(because).toMatch(sentence);
		expect(because).not.toContain('\n');
	});

	it('is not what a RUN wrote', () => {
		const noise =
			'curl: (7) connection refused\nError: unauthorized: authentication required\nError: unable to connect to Podman socket: x\noperation not permitted\nsh: ./tool: Exec format error\n';
		expect(becauseOf({ status: 42, stdout: '', stderr: noise + complaints.failedRun }, 'podman')).toMatch(sentences.failedRun);
	});

	it("is podman's own last word where it is not known", () => {
		expect(becauseOf({ status: 125, stdout: '', stderr: 'noise\nError: 1 error occurred:\n\t* something new\n\n' }, 'podman')).toBe('something new');
	});

	it('is a sentence too where it could not be started, or said nothing', () => {
		expect(becauseOf({ status: 2, stdout: '', stderr: '', notStarted: 'ENOENT' }, 'podman')).toMatch(/^podman is not there; install podman/);
		expect(becauseOf({ status: 2, stdout: '', stderr: '', notStarted: 'EACCES' }, '/x/podman')).toBe('/x/podman cannot be started (EACCES)');
		expect(becauseOf({ status: 137, stdout: '', stderr: '' }, 'podman')).toBe('podman ended with exit status 137');
	});
});
