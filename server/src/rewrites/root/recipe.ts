import type { Saving } from '../../advice/advice';
import type { BaseImage, Family } from '../../model/catalog/baseImage';
import type { Invocation } from '../../model/commands/invocation';
import type { Operation } from '../../model/commands/operation';
import type { Run, StageModel } from '../../model/stages/model';
import type { Word } from '../../text/span';

/** Where the builder makes the root. */
export const output = '/output';

/** What one command of the system's package manager means for a root that is made elsewhere. Packages are words as a shell reads them, quotes and variables kept. */
export type PackageAct =
	/** `packages` come into the root; `options` are repeated there. */
	| {
			readonly kind: 'install';
			readonly packages: readonly string[];
			readonly options: readonly string[];
			/** A command for the builder before it, which brings what only tells the package manager of more repositories. */
			readonly configures?: string;
			/** Whether recommended packages come along; they do where it is absent. */
			readonly recommended?: boolean;
			readonly assumes?: readonly string[];
	  }
	| { readonly kind: 'remove'; readonly packages: readonly string[] }
	/** It goes, as the root's own cleaning takes its place. */
	| { readonly kind: 'clean' }
	/** It goes; a sentence says on what condition. */
	| { readonly kind: 'drop'; readonly assumes: string }
	/** It is run in the builder, before the installation: as it stands, or as this command. */
	| { readonly kind: 'configure'; readonly command?: string }
	/** It is done to the root, before the installation; what `install` makes of the words is the recipe's own matter. */
	| { readonly kind: 'configureRoot'; readonly command: string }
	/** It is done to the root by this command in the builder, behind the installation. */
	| { readonly kind: 'afterRoot'; readonly command: string }
	| { readonly kind: 'refuse'; readonly because: string };

/** What the builder is built from and what a root of its release needs. */
export interface RootBase {
	/** FROM's image: the base as written or another one of the same release. */
	readonly builder: string;
	/** Sentences about it for the reviewer. */
	readonly assumes: readonly string[];
	/** Packages of every root: the language pack of glibc, the release. */
	readonly packages: readonly string[];
	/** Brings `/bin/sh`. */
	readonly shell: string;
	/** Added where a script runs whose commands are not all known. */
	readonly scriptTools: readonly string[];
	/** Brings the certificates of public authorities; absent where the base has none. */
	readonly certificates?: string;
	/** Brings the time zones; absent where the base has none. */
	readonly timeZones?: string;
	/** The package of a locale that ENV names (`en_US.UTF-8`); undefined where none is needed or known. */
	readonly localePackage: (locale: string) => string | undefined;
	/** The package that brings a program of the base; undefined for a program that the base has not. */
	readonly packageOf: (program: string) => string | undefined;
	/** Packages that conflict: what the file installs itself takes the place of what is added. */
	readonly insteadOf: Readonly<Record<string, string>>;
	/** What packages of a language that are compiled in the builder leave to the root; absent where that is not known, and they are refused. */
	readonly languages?: {
		/** The interpreter's package for a package that brings pip or the like; undefined for any other. */
		readonly interpreterOf: (installer: string) => string | undefined;
		/** The package of the library that belongs to a development package: null for none, undefined where that is not known. */
		readonly libraryOf: (development: string) => string | null | undefined;
		/** Libraries that come with a compiler's package, to which what it makes may be linked too. */
		readonly compilerLibraries: (compiler: string) => readonly string[];
	};
	/** What of the base no longer ships; absent where nobody measured it. */
	readonly saves?: Saving;
}

/** What goes into one installation. */
export interface RootRequest {
	/** All of them, the root's own first. */
	readonly packages: readonly string[];
	readonly options: readonly string[];
	/** Packages for the builder itself: what it needs to compile and to install language packages. */
	readonly builderPackages: readonly string[];
	/** What these recommend may be used too. */
	readonly builderRecommends: boolean;
	/** Commands for the root before the installation, as `configureRoot` has them. */
	readonly before: readonly string[];
	/** Finished commands behind it. */
	readonly after: readonly string[];
}

/** The image that a stage starts from, which the catalogue knows. */
export interface Start {
	readonly image: BaseImage;
	readonly reference: string;
	/** As FROM has it, variables and all. */
	readonly written: string;
}

/** One family’s way to a root. Adding one is one record; the engine places everything that is not a package manager's command. */
export interface RootRecipe {
	readonly family: Family;
	/** What a proposal is called. */
	readonly title: string;
	/** The builder and the needs of a root for what a stage is built on, or why there is none. */
	base(target: StageModel, start: Start): RootBase | { readonly because: string };
	/** What a command means; undefined where it is none of the package manager or its friends. `operation` where it installs, removes, cleans … */
	read(invocation: Invocation, operation: Operation | undefined, run: Run): PackageAct | undefined;
	/** Finds, in the text of a command or a path, what only tells the package manager where packages are: such a command or file belongs to the builder. */
	readonly configuration: RegExp;
	/** A command that brings a program into the builder for its set-up; undefined where the builder has it. */
	bringTool?(program: string): string | undefined;
	/** Whether a path of the image is a cache, an index or a log of the package manager. */
	isCache(path: string): boolean;
	/** Why the rewrite is not worth it with these packages; undefined where it is. */
	refuses?(target: StageModel, request: RootRequest): string | undefined;
	/** What the rewrite saves with these packages; that of the base alone where it is absent. */
	saves?(target: StageModel, request: RootRequest): Saving | undefined;
	/** The commands, each a list of lines, that make the root in `/output` and clean it; joined by `&&`. */
	install(target: StageModel, request: RootRequest): readonly (readonly string[])[];
}

/** What `read` of a recipe has in common: the words of packages, variables that the RUN assigns itself put in place; undefined where they cannot be read. */
export function packageWords(operation: Operation, run: Run): readonly string[] | undefined {
	return operation.invocation.moreArguments ? undefined : readWords(operation.operands, operation.invocation, run);
}

/** For a command of which nothing better is known. */
export const unknownAct: PackageAct = { kind: 'refuse', because: 'it is not known what this does to a root of its own' };

/** What a command of the package manager means by what it does; how an installation is read differs, and for some what they remove or bring up to date, too. */
export function actOf(operation: Operation, run: Run, own: { install(): PackageAct; remove?(): PackageAct; upgrade?(): PackageAct | undefined }): PackageAct {
	if (operation.root !== undefined) return { kind: 'refuse', because: 'packages are installed into another root already' };
	switch (operation.action) {
		case 'clean':
		case 'refresh':
			return { kind: 'clean' };
		case 'upgrade':
			return own.upgrade?.() ?? upgradeOf(operation);
		case 'remove':
			return own.remove?.() ?? removalOf(operation, run);
		case 'install':
			return own.install();
		default:
			return unknownAct;
	}
}

function upgradeOf({ operands }: Operation): PackageAct {
	const names = operands.map(({ value, text }) => value ?? text);
	const nothing = names.length === 0 ? 'there is nothing to update' : `${names.join(', ')} need no update`;
	return { kind: 'drop', assumes: `The root gets the newest packages, so that ${nothing}.` };
}

/** What a removal does to the root: the same packages are taken out of what is installed. */
function removalOf(operation: Operation, run: Run): PackageAct {
	const packages = packageWords(operation, run);
	return packages ? { kind: 'remove', packages } : { kind: 'refuse', because: 'which packages are removed cannot be read' };
}

/** The same for any words of a command. */
export function readWords(written: readonly Word[], { command }: Invocation, run: Run): readonly string[] | undefined {
	const words = written.map((word) => (word.value !== undefined ? [quoted(word.value)] : expanded(word.text, run, command.span.start)));
	return words.includes(undefined) ? undefined : words.flatMap((word) => word ?? []);
}

/** A word with the values that the RUN itself assigned; undefined where one is not fixed, or for what the shell would have to run. */
function expanded(text: string, run: Run, before: number): readonly string[] | undefined {
	if (/\$\(|`|\$[@*#?!\d-]|\$\{[^}]*[^\w}]/.test(text)) return undefined;
	const names = [...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name ?? '');
	const own = names.filter((name) => run.instruction.script?.assigns.includes(name));
	if (own.length === 0) return names.every((name) => run.variables.has(name)) ? [text] : undefined;
	const [name] = own;
	const whole = /^\$\{?(\w+)\}?$/.exec(text);
	if (!whole || !name) return undefined;
	const assignments = run.invocations.flatMap(({ command }) => (command.conditional || !command.topLevel || command.words.length > 0 ? [] : command.assignments));
	const assigned = assignments.filter((one) => one.name === name);
	const [only] = assigned;
	if (assigned.length !== 1 || !only || only.value === undefined || only.span.start > before || /[$`]/.test(only.value)) return undefined;
	return only.value.split(/[\s\\]+/).filter((one) => one !== '');
}

/** A word as a shell takes it, in quotes where it needs them. */
export function quoted(value: string): string {
	return /^[\w@%+=:,./~^-]+$/.test(value) ? value : value.includes("'") ? `"${value}"` : `'${value}'`;
}
