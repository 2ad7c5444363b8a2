import { remember } from '../basics/remember';
import type { Invocation } from '../commands/invocation';
import type { Model } from './model';

/** A name of an owner or of who runs a container, of a user or of a group. */
export interface Account {
	readonly kind: 'user' | 'group';
	readonly name: string;
}

/** The numbers that commands of the file give to names; undefined for a name that has several. */
interface Accounts {
	readonly users: ReadonlyMap<string, Known | undefined>;
	readonly groups: ReadonlyMap<string, string | undefined>;
}

interface Known {
	readonly id: string;
	/** The group as it is named or numbered; undefined where none is, and the user gets one of its own. */
	readonly group: string | undefined;
}

/**
 * The number that a name stands for: the one that the file gives to it (`useradd -u 1001 app`), or one that is the same everywhere. Undefined where that is not
 * known, or differs within the file.
 */
export function idOf(model: Model, { kind, name }: Account): string | undefined {
	if (/^\d+$/.test(name)) return name;
	const { users, groups } = accountsOf(model);
	if (kind === 'group' ? groups.has(name) : users.has(name)) return kind === 'group' ? groups.get(name) : users.get(name)?.id;
	// Debian's base-passwd, Fedora's setup since 30, Alpine's alpine-baselayout. Of “nogroup” they have different ones.
	return name === 'root' ? '0' : name === 'nobody' ? '65534' : undefined;
}

/** The number of a user's own group; undefined where the file does not say it. */
export function groupIdOf(model: Model, name: string): string | undefined {
	const known = accountsOf(model).users.get(name);
	if (!known) return accountsOf(model).users.has(name) ? undefined : idOf(model, { kind: 'group', name });
	return known.group === undefined ? undefined : idOf(model, { kind: 'group', name: known.group });
}

const accountsOf = remember((model: Model): Accounts => {
	const users = new Map<string, Known | undefined>();
	const groups = new Map<string, string | undefined>();
	for (const { invocations } of model.runs) {
		for (const invocation of invocations) {
			const { program } = invocation;
			if (program !== 'useradd' && program !== 'adduser' && program !== 'groupadd' && program !== 'addgroup') continue;
			const { options, operands } = split(invocation);
			const name = program === 'useradd' || program === 'groupadd' ? operands.at(-1) : operands[0];
			// `adduser USER GROUP` and `addgroup USER GROUP` make nobody.
			if (name === undefined || operands.length !== 1) continue;
			if (program === 'groupadd' || program === 'addgroup') {
				const id = number(options.get('-g') ?? options.get('--gid'));
				groups.set(name, groups.has(name) && groups.get(name) !== id ? undefined : id);
			} else {
				const id = number(options.get('-u') ?? options.get('--uid'));
				const grouped = program === 'adduser' ? ['-G', '--gid', '--ingroup'] : ['-g', '--gid'];
				const known = id === undefined ? undefined : { id, group: grouped.map((option) => options.get(option)).find((group) => group !== undefined) };
				users.set(name, users.has(name) && users.get(name)?.id !== id ? undefined : known);
			}
		}
	}
	return { users, groups };
});

/** Options of useradd, groupadd, and adduser and addgroup of Debian and of busybox, that take a value in the next word. */
const valued =
	/^(?:-[bcdefgGhkKpPRsuZ]|--(?:base-dir|comment|home-dir|home|expiredate|inactive|gid|groups|skel|key|password|root|prefix|shell|uid|selinux-user|ingroup|gecos|conf|firstuid|lastuid|firstgid|lastgid))$/;

function split({ args }: Invocation): { readonly options: ReadonlyMap<string, string>; readonly operands: readonly (string | undefined)[] } {
	const options = new Map<string, string>();
	const operands: (string | undefined)[] = [];
	for (let at = 0; at < args.length; at++) {
		const value = args[at]?.value;
		const [, name, glued] = /^(--[\w-]+)=(.*)$/.exec(value ?? '') ?? [];
		// `-Du 1001`: the last of several letters takes the value.
		const letter = /^-[A-Za-z]+$/.test(value ?? '') ? `-${value?.at(-1)}` : value;
		if (name !== undefined) options.set(name, glued ?? '');
		else if (value === undefined || !value.startsWith('-')) operands.push(value);
		else if (letter !== undefined && valued.test(letter)) options.set(letter, args[++at]?.value ?? '');
		else options.set(value, '');
	}
	return { options, operands };
}

function number(text: string | undefined): string | undefined {
	return text !== undefined && /^\d+$/.test(text) ? text : undefined;
}
