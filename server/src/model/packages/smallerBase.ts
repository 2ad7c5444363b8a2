import type { Invocation } from '../commands/invocation';
import type { StageModel } from '../stages/model';

/** Programs around dnf that microdnf has no part in. */
const needsDnf = /^(?:yum-config-manager|yum-builddep|yumdownloader|dnf-(?!3$)\w+|repoquery|reposync|debuginfo-install|package-cleanup)$/;

/** Its commands that microdnf has not, and options; source: microdnf(8). */
const dnfOnly =
	/^(?:config-manager|copr|builddep|versionlock|swap|groups?|group\w+|local(?:install|update)|history|mark|download|system-upgrade|distro-sync|distribution-synchronization|autoremove|shell|debuginfo-install|--repofrompath.*|--advisory.*|--security|--skip-broken|--nobest)$/;

/** A group, a capability, a package in a file or at an address. */
const noName = /^@|^(?:https?|ftp|file):|\.rpm$|\(/;

/** Whether microdnf could do all that dnf and yum do in some stages: it has no plug-ins, no groups, and takes no package from a file or an address. */
export function isEnoughMicrodnf(stages: readonly StageModel[]): boolean {
	return stages.every(({ runs }) =>
		runs.every(({ invocations }) =>
			invocations.every(({ program = '', args }) => {
				if (needsDnf.test(program)) return false;
				return !/^(?:dnf(?:-3|[45])?|yum)$/.test(program) || args.every(({ value }) => value === undefined || !(dnfOnly.test(value) || noName.test(value)));
			}),
		),
	);
}

/** Whether a command of a RUN starts a script or program that is copied or fetched, so that nobody sees what it calls. */
export function isUnseen({ name, program, args, script }: Invocation): boolean {
	if (program === undefined || script) return false;
	if (/^(?:ba|da|k|z)?sh$/.test(program)) {
		const [first] = args.filter(({ value }) => !value?.startsWith('-'));
		return first !== undefined && !args.some(({ value }) => value !== undefined && /^-\w*c$/.test(value));
	}
	return /\.(?:ba|k|z)?sh$/.test(program) || /^(?:\.{1,2}\/|\/(?!(?:usr\/)?(?:local\/)?s?bin\/))/.test(name?.value ?? '');
}
