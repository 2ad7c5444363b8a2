import { remember } from '../basics/remember';
import type { Run } from '../stages/model';
import type { Buried } from './hiddenRemovals';

/** Configuration, keys and answers to an installer, as far as their ending tells. */
const configuration = /\.(?:conf|cfg|ini|ya?ml|toml|repo|asc|gpg|key|pub|pem|crt|sha\d+|md5|patch|diff|env|md|rules|service|rsp|loc|file|erb|j2|tmpl)$/;

const script = /\.(?:sh|bash|py|pl|rb|js)$/;

/** Scripts that carry a program with them: installers, pip of `get-pip.py`. */
const carries = /linux|x86|amd64|aarch64|arm64|anaconda|conda|install(?:er|ation)|\d+\.\d+|get-pip|ez_setup|bundle|\.min\.js$/i;

/** Whether a file that is removed too late takes a few kB at most: a script, a configuration, or a line that a RUN wrote itself. */
export function isSlight({ kind, what, run }: Buried): boolean {
	if (kind !== 'file') return false;
	const name = what.replace(/^.*\//, '');
	return configuration.test(name) || (script.test(name) && !carries.test(name)) || (run !== undefined && writtenByHand(run).has(what));
}

/** Files that echo and printf of a RUN write, and copies of them. */
const writtenByHand = remember(({ invocations }: Run): ReadonlySet<string> => {
	const files = new Set<string>();
	for (const { program, command, args } of invocations) {
		if (program === 'echo' || program === 'printf') for (const { target } of command.redirects) if (target?.value !== undefined) files.add(target.value);
		const [from, to, other] = args.filter(({ value }) => !value?.startsWith('-'));
		if (program === 'cp' && !other && to?.value !== undefined && files.has(from?.value ?? '')) files.add(to.value);
	}
	return files;
});
