import type { BuildContext } from '../../model/context/context';

/** What the sources of a Go program ask for that only shows as it runs. */
interface Need {
	readonly pattern: RegExp;
	/** Only where the program runs among its sources. */
	readonly amongSources?: boolean;
	/** Said of the file that has it. */
	readonly because: string;
}

const needs: readonly Need[] = [
	{ pattern: /\bexec\.(?:Command|CommandContext|LookPath)\(|\bsyscall\.Exec\(/, because: 'starts another program' },
	{ pattern: /\bplugin\.Open\(/, because: 'loads plug-ins, which a static program cannot' },
	{
		pattern: /\b(?:http\.Dir|template\.(?:Must\(template\.)?Parse(?:Files|Glob)|(?:os|ioutil)\.(?:Open|ReadFile|ReadDir)|http\.ServeFile\(\w+, \w+,)\(?\s*"(?!\/|https?:)[^"]+"/,
		amongSources: true,
		because: 'reads a file that lies with the sources, which do not ship',
	},
];

/** Why a Go program needs more than itself, as far as its sources were read. `zones`: the time zones ship. */
export function whyGoNeedsMore(buildContext: BuildContext | undefined, amongSources: boolean, zones: boolean): string | undefined {
	for (const [name, text] of buildContext?.texts ?? []) {
		if (!name.endsWith('.go') || name.endsWith('_test.go')) continue;
		const code = text.replace(/^\s*\/\/.*$/gm, '');
		const need = needs.find(({ pattern, amongSources: only }) => (!only || amongSources) && pattern.test(code));
		if (need) return `${name} ${need.because}`;
		if (!zones && /\btime\.LoadLocation\(\s*(?!"(?:UTC|Local)?"\s*\))/.test(code) && !code.includes('"time/tzdata"'))
			return `${name} asks for a time zone by name, and the image is not known to have them; install tzdata or import time/tzdata`;
	}
	return undefined;
}
