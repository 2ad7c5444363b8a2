import type { Word } from '../../text/span';

interface Starter {
	/** Options whose value is the next word. */
	readonly valued: readonly string[];
	/** Words between its options and the program: a user. */
	readonly operands: number;
}

const init = (...valued: readonly string[]): Starter => ({ valued, operands: 0 });

/** Programs that start another one. Sources: tini(1), `dumb-init --help`, `catatonit --help`, gosu(1), su-exec's README, setpriv(1), runuser(1), chpst(8). */
const starters: Readonly<Record<string, Starter>> = {
	tini: init('-e', '-p'),
	'tini-static': init('-e', '-p'),
	'dumb-init': init('-r', '--rewrite'),
	catatonit: init('-n'),
	gosu: { valued: [], operands: 1 },
	'su-exec': { valued: [], operands: 1 },
	setpriv: init(
		...['--reuid', '--regid', '--ruid', '--euid', '--rgid', '--egid', '--groups', '--inh-caps', '--ambient-caps', '--bounding-set', '--securebits', '--pdeathsig'],
		...['--selinux-label', '--apparmor-profile'],
	),
	runuser: init('-u', '--user', '-g', '--group', '-G', '--supp-group', '-w', '--whitelist-environment'),
	chpst: init('-u', '-U', '-b', '-e', '-/', '-n', '-l', '-L', '-m', '-d', '-o', '-p', '-f', '-c', '-r', '-t'),
};

/** The command that a program starts as which it is known to: empty where none is named, undefined for a program that starts no other. */
export function startedBy(program: string | undefined, args: readonly Word[]): readonly Word[] | undefined {
	const starter = program !== undefined && Object.hasOwn(starters, program) ? starters[program] : undefined;
	if (!starter) return undefined;
	let at = 0;
	for (; at < args.length; at++) {
		const text = args[at]?.text ?? '';
		if (text === '--') {
			at++;
			break;
		}
		if (!text.startsWith('-') || text === '-') break;
		if (starter.valued.includes(text)) at++;
	}
	return args.slice(at + starter.operands);
}
