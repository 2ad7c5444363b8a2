import type { Ended } from './run';

interface Cause {
	/** What podman's own error says: what a RUN wrote is not looked at. */
	readonly says: RegExp;
	/** One sentence with the next step, from what was found. */
	readonly means: (found: RegExpExecArray) => string;
}

/** What podman's words mean to a person; the first that fits counts. Source: what podman 4.3.1 and 5.4.2 wrote when the thing was brought about; other registries and networks say it in the words of containers/image and Go. */
const causes: readonly Cause[] = [
	{
		says: /building at STEP "([^\n]*)": (?:while running runtime: )?exit status (\d+)/,
		means: ([, step, status]) => `The command of a RUN ended with exit status ${status}: ${step}`,
	},
	{
		says: /potentially insufficient UIDs or GIDs/,
		means: () => 'This user may not use as many user IDs as the image has; give it a range in /etc/subuid and /etc/subgid, then run `podman system migrate`',
	},
	{
		says: /creating runtime [^\n]*: mkdir ([^\n:]*): permission denied/,
		means: ([, path]) => `Podman may not write to ${path}; see to whom that folder belongs`,
	},
	{
		says: /(?:"([^"\n]*)" service destination not found|connection "([^"\n]*)" not found)/,
		means: ([, old, name]) => `Podman knows no connection ${old ?? name ?? ''}; \`podman system connection list\` names those that it knows`,
	},
	{
		says: /unable to connect to Podman socket:.*permission denied/,
		means: () => 'Podman may not use the socket of its service; run as the user that the service belongs to, or choose another connection',
	},
	{
		says: /(?:unable to connect to Podman socket|^failed to connect): (?:failed to connect: )?(?:Get "[^"\n]*": )?([^\n]*)/,
		means: ([, why]) =>
			`The podman service does not answer (${why}); start it (\`podman machine start\` where it is a virtual machine), or see with \`podman system connection list\` where it should be`,
	},
	{
		says: /pinging container registry ([^\s:]+(?::\d+)?): .*server gave HTTP response to HTTPS client/,
		means: ([, registry]) => `The registry ${registry} does not speak HTTPS; if it is yours, switch the check off with \`--tls-verify=false\``,
	},
	{
		says: /pinging container registry ([^\s:]+(?::\d+)?): .*(?:x509|certificate)/,
		means: ([, registry]) => `The certificate of the registry ${registry} is not trusted here; put it into /etc/containers/certs.d/${registry}`,
	},
	{
		says: /pinging container registry ([^\s:]+(?::\d+)?): .*?(connection refused|no such host|i\/o timeout|network is unreachable)/,
		means: ([, registry, why]) => `The registry ${registry} does not answer (${why}); check its name and the network`,
	},
	{
		says: /(?: in | docker:\/\/)([^\s/]+)\/[^\s]*: (?:unauthorized|.*authentication required|.*access to the resource is denied|denied)|(?:unauthorized|authentication required|access to the resource is denied)/,
		means: ([, registry]) =>
			`${registry === undefined ? 'The registry' : `The registry ${registry}`} refuses the login; log in with \`podman login${registry === undefined ? '' : ` ${registry}`}\`, or name a file with credentials (\`--authfile\`)`,
	},
	{
		says: /no image found in (?:image index|manifest list) for architecture "?([\w-]+)"?,/,
		means: ([, architecture]) => `A base image is not there for ${architecture}; choose another base or leave that platform out`,
	},
	{
		says: /short-name "([^"\n]*)" did not resolve/,
		means: ([, name]) => `Podman does not know from where to pull ${name}; write the registry before it, such as docker.io/library/${name}`,
	},
	{
		says: /reading manifest \S+ in (\S+): (?:manifest unknown|name unknown|.*not found)/,
		means: ([, name]) => `There is no such image in the registry: ${name}; check its name and tag`,
	},
	{
		says: /creating build container: (\S+): image not known/,
		means: ([, name]) => `The image ${name} is not in the local store for this platform, and pulling is switched off; pull it first`,
	},
	{
		says: /^The target "([^\n]*)" was not found/,
		means: ([, stage]) => `The Containerfile has no stage ${stage}; --target takes a name that stands behind AS`,
	},
	{
		says: /no FROM statement found/,
		means: () =>
			'The file has no FROM with an image, or that of its first FROM is a variable without a value; see whether it is a Containerfile, and whether a --build-arg is missing',
	},
	{
		says: /^no contents in "([^\n]*)"/,
		means: ([, file]) => `${file} is empty; write at least a FROM`,
	},
	{
		says: /^(?:COPY|ADD) --from=([^\n]*): no stage or image found with that name/,
		means: ([, name]) => `No stage and no image is named ${name}; see the names behind AS`,
	},
	{
		says: /Build error: Unknown instruction: "([^"\n]*)"/,
		means: ([, keyword]) => `There is no instruction ${keyword}; where it belongs to the line above it, a backslash is missing there`,
	},
	{
		says: /building at STEP "([^\n]*)": checking on sources under "([^"\n]*)":.* stat: "?([^"\n]*)"?: no such file or directory/,
		means: ([, step, context, path]) => `${step} finds no ${path} in ${context}; see whether it is there, and whether an ignore file leaves it out`,
	},
];

/** What a RUN may say too: then it is true all the same. */
const fullDisk = /no space left on device/i;

/** A program of another architecture, where no emulator is registered: with crun, and with chroot isolation. */
const foreignProgram = /exec container process `[^\n`]*`: Exec format error|process failed to start with error: fork\/exec [^\n]*: exec format error/;

/** Why a program failed, in one sentence with the next step where there is one; else its own last word about it. */
export function becauseOf({ notStarted, stderr, status }: Ended, program: string): string {
	if (notStarted === 'ENOENT') return `${program} is not there; install podman, or see that it is on the PATH`;
	if (notStarted !== undefined) return `${program} cannot be started (${notStarted})`;
	if (fullDisk.test(stderr)) return 'The disk is full; `podman system prune` removes what no image needs, `podman system df` shows what is there';
	if (foreignProgram.test(stderr)) {
		return 'The machine that builds cannot run programs of this platform; install an emulator there (the package qemu-user-static) or build on a machine of that platform';
	}
	const own = ownError(stderr);
	for (const { says, means } of causes) {
		const found = says.exec(own);
		if (found) return means(found);
	}
	return own || `${program} ended with exit status ${status}`;
}

/** The last error that podman wrote, as one line; of several the first. Empty where there is none. */
function ownError(stderr: string): string {
	const mark = '\nError: ';
	const at = `\n${stderr}`.lastIndexOf(mark);
	if (at < 0) return '';
	return stderr
		.slice(at + mark.length - 1)
		.replace(/^\d+ errors? occurred:\s*\* ([^\n]*).*$/s, '$1')
		.replace(/\s*\n\s*/g, ' ')
		.trim();
}
