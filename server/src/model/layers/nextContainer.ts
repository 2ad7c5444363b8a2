import type { Command } from '../../shell/script';
import { isOn, mountFields } from '../../syntax/mount';
import { remember } from '../basics/remember';
import type { Invocation } from '../commands/invocation';
import { type Model, type Run, type StageModel, stageOf } from '../stages/model';

/** The shells that a builder may start. */
const shell = /(?:^|\/)bin\/(?:sh|bash|dash|ash|busybox)$/;

/** Commands that change who the next container is run as, or what its kernel is told, which the running one does not take up or keeps to itself. */
const changesContainer = new Set('usermod groupmod gpasswd chsh vipw sysctl mount umount'.split(' '));

/** Files that a builder makes anew for each container. */
const madeAnew = /^\/etc\/(?:hosts|resolv\.conf|hostname)$|^\/dev\/(?!null$|stdout$|stderr$|fd\/|tty$|zero$|u?random$)|^\/(?:proc|sys)\//;

/** Programs that go on running in the background by themselves. */
const daemons = new Set(
	'adb apache2 bazel bazelisk containerd cron crond dbus-daemon dbus-launch dirmngr dockerd gpg-agent httpd invoke-rc.d memcached mvnd mysqld mysqld_safe nginx php-fpm postgres rabbitmq-server rc-service redis-server rsyslogd sccache slapd sshd start-stop-daemon watchman Xvfb'.split(
		' ',
	),
);

/**
 * Whether a RUN does something that the next one finds otherwise in a container and shell of its own than it would in the same ones: another /bin/sh, other
 * groups, files that the builder makes anew or mounts, a program left running, a program found elsewhere than the shell remembers.
 */
export function needsNewContainer(model: Model, a: Run, b: Run): boolean {
	if (a.readsStartupFiles || keepsFilesToItself(model, a, b)) return true;
	const inBoth = new Set(b.invocations.flatMap(({ program }) => program ?? []).filter((program) => a.invocations.some((one) => one.program === program)));
	return a.invocations.some((invocation) => replacesProgram(invocation, inBoth) || changesNext(invocation));
}

/** Mounts whose files are gone afterwards, and volumes, below which some builders drop what a RUN writes. */
function keepsFilesToItself(model: Model, a: Run, b: Run): boolean {
	const isTemporary = a.instruction.flags.some((flag) => {
		const fields = mountFields(flag);
		return fields && (fields.get('type') === 'tmpfs' || isOn(fields, 'rw', 'readwrite'));
	});
	const volumes = volumesOf(model, stageOf(model, a));
	return isTemporary || volumes.some(({ at, path }) => at < a.instruction.span.start && (a.text.includes(path) || b.text.includes(path)));
}

/** The volumes of a stage and of those that it is built on, with where they are declared. */
function volumesOf(model: Model, stage: StageModel): readonly { readonly at: number; readonly path: string }[] {
	const known = knownVolumes(model).get(stage.index);
	if (known) return known;
	const volumes = stage.chain
		.flatMap((index) => model.stages[index]?.stage.instructions ?? [])
		.filter(({ keyword }) => keyword === 'VOLUME')
		.flatMap(({ exec, words, span }) => (exec ?? words).map(({ value, text }) => ({ at: span.start, path: value ?? text })));
	knownVolumes(model).set(stage.index, volumes);
	return volumes;
}

/** By stage, since every two RUNs that follow each other ask. */
const knownVolumes = remember((_model: Model) => new Map<number, ReturnType<typeof volumesOf>>());

/** Whether a command puts another program, or none, in the place of the shell or of one of the given programs. */
function replacesProgram({ program, args }: Invocation, programs: ReadonlySet<string>): boolean {
	const texts = args.map(({ value, text }) => value ?? text.replace(/["']/g, ''));
	const isReplaced = (path: string) => shell.test(path) || (programs.has(path.replace(/^.*\//, '')) && path.includes('/'));
	switch (program) {
		case 'ln':
		case 'cp':
		case 'install':
			return isReplaced(texts.at(-1) ?? '') || (/(?:^|\/)s?bin\/?$/.test(texts.at(-1) ?? '') && texts.slice(0, -1).some((path) => /(?:^|\/)(?:sh|bash|dash|ash)$/.test(path)));
		case 'mv':
		case 'rm':
		case 'unlink':
			return texts.some(isReplaced);
		case 'update-alternatives':
		case 'alternatives':
		case 'dpkg-divert':
			return texts.some((text) => text === 'sh' || isReplaced(text));
		case 'dpkg-reconfigure':
			return texts.some((text) => text === 'dash' || text === 'bash');
		case 'corepack':
			return programs.has('yarn') || programs.has('pnpm') || programs.has('npm');
		default:
			return false;
	}
}

function changesNext({ command, program, args }: Invocation): boolean {
	if (program === undefined) return false;
	const texts = args.map(({ value, text }) => value ?? text);
	if (changesContainer.has(program) || (program === 'adduser' && texts.filter((text) => !text.startsWith('-')).length === 2 && texts.every((text) => !text.startsWith('-'))))
		return true;
	if (daemons.has(program) && !texts.some((text) => /^-(?:t|v|V|-version|-batch|-help)$/.test(text))) return true;
	if ((program === 'gradle' || program === 'gradlew') && !texts.includes('--no-daemon')) return true;
	if (/^gpg2?$/.test(program) && !texts.includes('--dearmor')) return true;
	const writes = program === 'sed' || program === 'tee' || program === 'cp' || program === 'mv' || program === 'ln' || program === 'install' || program === 'touch';
	return [...writtenTo(command), ...(writes ? texts : [])].some((path) => madeAnew.test(path) || /^\/etc\/(?:passwd|group)$/.test(path));
}

function writtenTo({ redirects }: Command): readonly string[] {
	return redirects.flatMap(({ operator, target }) => (target && /^&?>/.test(operator) ? [target.value ?? target.text] : []));
}
