import type { Basis } from '../../advice/advice';
import type { Variables } from '../basics/expand';
import type { Family, PackageManagerId as SystemManagerId } from './baseImage';
import { leftoversOf } from './roots/rpmLeftovers';

/** The package managers that the catalogue knows, those of languages too; one program name can stand for several (`dnf` is dnf 4 or dnf 5). */
export type ManagerId =
	| SystemManagerId
	| 'pip'
	| 'pipenv'
	| 'poetry'
	| 'uv'
	| 'conda'
	| 'npm'
	| 'yarn'
	| 'pnpm'
	| 'gem'
	| 'bundler'
	| 'composer'
	| 'go'
	| 'cargo'
	| 'maven'
	| 'gradle'
	| 'dotnet'
	| 'littler'
	| 'cpanm'
	| 'cpan';

/** What a command of a package manager does; `build` makes a program of sources and fetches what that needs on the way. */
export type Action = 'install' | 'refresh' | 'upgrade' | 'download' | 'remove' | 'clean' | 'build';

/** How many bytes something takes, and who says so. */
export interface Figure {
	readonly atLeast: number;
	readonly atMost: number;
	readonly basis: Basis;
	readonly source: string;
}

/** Something that a package manager leaves behind and nothing in the finished image reads. */
export interface Cache {
	/** In words, for messages: `package lists`. */
	readonly what: string;
	/** Where it lies by default; `~` is the home of whoever runs the command. Removing or mounting any of these covers it. */
	readonly paths: readonly string[];
	readonly filledBy: readonly Action[];
	/** Words after the program that remove it: `clean all`. */
	readonly cleanedBy: readonly string[];
	/** The option without which those words leave it. */
	readonly cleanedWith?: string;
	/** The official Debian and Ubuntu images' docker-clean hook leaves nothing of it. */
	readonly emptiedByDockerClean?: boolean;
	/** Later commands of the same manager need it and do not fetch it again by themselves. */
	readonly neededLater?: boolean;
	/** A variable of the environment under which it lies where that is set; the last of the paths is the one without it. */
	readonly movedBy?: { readonly variable: string; readonly below: string };
	/** Where it lies for whoever is not root, if that is another place. */
	readonly ofUsers?: string;
	/** Paths, normalized, that are this cache too, wherever the tool was told to lie. */
	readonly elsewhere?: RegExp;
	/** It is filled only where this stands in the file before the command ends, or in the name of the image at the bottom. */
	readonly onlyWith?: RegExp;
	/**
	 * More than the RUN that fills it may live on it: later commands of the same manager (`building`), or a program that is run from it (`running`). Nothing is
	 * said where one of them may.
	 */
	readonly serves?: 'building' | 'running';
	/** A few megabytes as a rule: worth an information, not a warning. */
	readonly minor?: true;
	/** On a base of the catalogue; for another one no number is given. Absent where nobody has weighed it. */
	readonly figure?: Figure;
}

/** How to switch something off for one command. */
export interface Switch {
	/** The option to write behind the verb. */
	readonly option: string;
	/** The option of another front end of the same tool, by the program's name. */
	readonly optionOf?: Readonly<Record<string, string>>;
	/** Options, `name` or `name=value` in lower case, that do it or ask for the opposite: either way it is decided. */
	readonly doneBy: RegExp;
	/** Text of the file (a configuration line) that decides it for all later commands. */
	readonly configuredBy: RegExp;
	/** Files and folders of the tool's configuration: a copied file there may decide it. */
	readonly files: readonly string[];
	readonly source: string;
}

/** One package manager. Adding one is one record; every rule then knows it. */
export interface PackageManager {
	readonly id: ManagerId;
	/** For people: `dnf 5`. */
	readonly title: string;
	/** Names of the program. */
	readonly programs: readonly (string | RegExp)[];
	/** The system whose packages it installs; undefined for those of a language. */
	readonly family?: Family;
	/** Words after the program, options aside: `install`, `cache clean`. The empty text is the program alone. */
	readonly verbs: Readonly<Partial<Record<Action, readonly string[]>>>;
	/** What it does where its first word is none of the verbs: the name of a goal or of a package. */
	readonly otherwise?: Action;
	/** Options whose value is the next word. */
	readonly valueOptions: readonly string[];
	/** The same, but of those that mean something else behind the verb and take no value there. */
	readonly globalOptions?: readonly string[];
	readonly caches: readonly Cache[];
	/** Options and variables with which nothing is kept, or is kept elsewhere. */
	readonly keepsNothing: { readonly options: readonly string[]; readonly environment: readonly string[]; readonly configuredBy?: RegExp };
	/** Options, and variables with the values, that switch its cache off. */
	readonly cacheOff?: { readonly options: readonly string[]; readonly environment?: Readonly<Record<string, RegExp>> };
	/** Other programs that read what it keeps and do not fetch it anew. */
	readonly readBy?: readonly string[];
	/** Options with which an installation fetches anew what a cache would have. */
	readonly fetchesWith?: readonly string[];
	/** The repair: an option to write behind every filling verb, or a command to append. `{root}` stands for the other root without a trailing slash. */
	readonly repair: {
		readonly option?: string;
		/** For the actions that the option does not help; `variables` are those of ENV and ARG. Undefined where the place of the cache is not known. */
		readonly append?: (caches: readonly Cache[], program: string, variables: Variables) => string | undefined;
		/** With `--installroot`: what to append. */
		readonly appendInRoot?: (root: string, program: string, rootOption: string) => string;
	};
	readonly weakDependencies?: Switch;
	readonly docs?: Switch;
	/** Options that name another root. */
	readonly rootOptions: readonly string[];
}

/** How a package manager cleans another root, with what its own cleaning leaves behind: the empty folders of its cache, its logs. */
export function cleanRpmRoot(id: ManagerId, cleaning: string) {
	const { cache, logs = [] } = leftoversOf(id) ?? {};
	return (root: string, program: string, rootOption: string): string =>
		`${program} ${rootOption} ${cleaning} && rm -rf ${[...(cache === undefined ? [] : [cache]), ...logs].map((path) => root + path).join(' ')}`;
}
