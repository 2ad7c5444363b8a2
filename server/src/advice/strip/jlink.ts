import { findJava, unstrippedRuntime } from '../../model/catalog/javaRuntimes';
import type { StageModel } from '../../model/stages/model';
import { listed } from '../../text/listed';
import type { Word } from '../../text/span';
import { insertAfter } from '../statements';
import { type Compile, headTo, isWritable, type Unstripped } from './compile';

/** Options of jlink that leave out what only developers look at, with those that do the same. */
const options: readonly { readonly done: RegExp; readonly what: string; readonly option: (version: number) => string }[] = [
	// From 13 on --strip-debug calls objcopy, which not every image has; this one needs nothing (JDK-8214796).
	{
		done: /^(?:--strip-debug|-G|--strip-java-debug-attributes|--strip-native-debug-symbols.*)$/,
		what: 'debug information',
		option: (version) => (version < 13 ? '--strip-debug' : '--strip-java-debug-attributes'),
	},
	{ done: /^--no-header-files$/, what: 'header files', option: () => '--no-header-files' },
	{ done: /^--no-man-pages$/, what: 'manual pages', option: () => '--no-man-pages' },
];

/** Without this alone nothing is said: it trades room for time. From 21 on the numbers are deprecated (JDK-8293499). */
const compress = { done: /^(?:--compress|-c)(?:=|$)/, option: (version: number) => (version < 21 ? '--compress=2' : '--compress=zip-6') };

/** jlink without the options that leave out what only developers look at. */
export function unstrippedJlink(compile: Compile): Unstripped | undefined {
	const { invocation, stage } = compile;
	const { program, name, args } = invocation;
	// Something that is not known may hold any option.
	if (program !== 'jlink' || !name || args.some(({ value, text }) => value === undefined && !/[=,:/]|modules/i.test(text))) return undefined;
	if (args.some(({ value }) => /^(?:--list-plugins|--version|--help|-h|--suggest-providers|@.*|--save-opts)$/.test(value ?? ''))) return undefined;
	// Of the program's own modules the lines in stack traces would go.
	const keepsLines = hasOwnModules(args);
	const missing = options.filter(({ what, done }) => !(keepsLines && what === 'debug information') && !args.some(({ text }) => done.test(text)));
	if (missing.length === 0 || (!stage.ships && stage.copiedOut.length === 0)) return undefined;
	const compresses = args.some(({ text }) => compress.done.test(text));
	const what = listed(missing.map((one) => one.what));
	const version = versionOf(stage);
	const isPlain = missing.length === options.length && !compresses;
	const added = version === undefined ? [] : [...missing.map(({ option }) => option(version)), ...(compresses ? [] : [compress.option(version)])];
	return {
		span: headTo(compile, undefined),
		message: `jlink takes ${what} into the runtime, which nothing needs that runs`,
		...(missing.some(({ what }) => what === 'debug information') ? {} : { severity: 'hint' }),
		...(isPlain && version !== undefined && !args.some(({ text }) => text.includes('ALL-MODULE-PATH'))
			? { saves: { of: `jlink runtime of stage ${stage.index}`, ...unstrippedRuntime } }
			: {}),
		...(added.length > 0 && isWritable(compile) ? { fix: { title: `Add ${added.join(' ')}`, edits: [insertAfter(name, added.join(' '))] } } : {}),
	};
}

/** Whether the runtime holds more than modules of the JDK, or somebody debugs in it. */
function hasOwnModules(args: readonly Word[]): boolean {
	return args.some(({ text }, index) => {
		if (/^--launcher\b|\bjdk\.(?:jdwp\.agent|jdi)\b/.test(text)) return true;
		const path = /^(?:--module-path|-p)(?:=(.*))?$/s.exec(text);
		const folders = path && (path[1] ?? args[index + 1]?.text ?? '');
		return folders
			? folders
					.replace(/["']/g, '')
					.split(':')
					.some((folder) => !/\/jmods\/?$/.test(folder))
			: false;
	});
}

function versionOf({ base, image }: StageModel): number | undefined {
	const reference = base.kind === 'image' ? base.reference : undefined;
	if (reference === undefined) return undefined;
	// Maven's and Gradle's images name the JDK that they stand on.
	const onOther = /(?:^|\/)(?:maven|gradle):.*(?:openjdk|temurin|corretto|jdk)-?(\d+)/.exec(reference)?.[1];
	return findJava(reference)?.version ?? (onOther === undefined || !image ? undefined : Number(onOther));
}
