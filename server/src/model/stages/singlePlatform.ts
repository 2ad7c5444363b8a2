import type { Instruction } from '../../syntax/containerfile';
import type { Word } from '../../text/span';
import { findStage } from '../basics/references';
import { parseReference } from '../catalog/reference';
import type { Invocation } from '../commands/invocation';
import { type Model, operationOf, type Run, type StageModel, stageOf } from './model';
import { amd64, isFixedPlatform, otherArchitectures } from './platformBound';

/** Something that is there for amd64 only, whatever platform is built for. */
export interface SinglePlatform {
	readonly kind: 'download' | 'package' | 'path';
	readonly instruction: Instruction;
	readonly stage: StageModel;
	readonly run: Run | undefined;
	/** The words that say so, in their order, at least one. */
	readonly words: readonly [Word, ...Word[]];
}

const asksForPlatform =
	/\buname\b(?!\s+-s\b)|(?:\$\(|`)arch\b|--print-(?:foreign-)?arch|\bgetconf\b|rpm\s+(?:--eval|-E)|(?:TARGET|BUILD)(?:ARCH|PLATFORM|VARIANT)|\$\{?\w*(?<!se)arch(?!ive)|\bGOARCH\b|\$\([^()]*(?:amd64|x86_64|x64)/i;

/** Whether the file elsewhere has several platforms in mind: it asks which one it is, or names another one. */
export function isForSeveral({ file }: Model): boolean {
	return file.instructions.some(({ span, keyword, words }) => {
		const text = file.text.slice(span.start, span.end);
		return keyword !== 'LABEL' && keyword !== 'ENV' && (asksForPlatform.test(text) || (keyword === 'FROM' && words.some((word) => otherArchitectures.test(word.text))));
	});
}

/** All such places in stages that ship or are copied from, one for an instruction that fetches or installs, one for the COPYs of a stage together. */
export function singlePlatformPlaces(model: Model): readonly SinglePlatform[] {
	// What an image for one platform takes in is meant for that one.
	if (!amd64.test(model.file.text) || !model.target || isMadeForOne(model, model.target)) return [];
	const isMulti = isForSeveral(model);
	return model.stages.flatMap((stage) => {
		if ((!stage.ships && stage.copiedOut.length === 0) || isMadeForOne(model, stage)) return [];
		// An image that nobody knows may be for one platform only, and then so is what is built on it.
		if (!isMulti && stage.chain.some((index) => !isForAny(model.stages[index]))) return [];
		const runs = new Map(stage.runs.map((run) => [run.instruction, run]));
		const files = new Set<string>();
		const paths: { readonly instruction: Instruction; readonly word: Word }[] = [];
		const places: SinglePlatform[] = [];
		for (const instruction of stage.stage.instructions) {
			if (instruction.onbuild || knowsOthers(model, instruction)) continue;
			const run = runs.get(instruction);
			const found = run ? inRun(model, run) : [...added(instruction), ...inEnvironment(model, instruction)];
			// What was fetched is not told again where it is installed.
			const fresh = found.filter((word) => !forNothingElse.test(word.text) && (isAddress(word) || !files.has(fileName(word.text))));
			for (const word of found) files.add(fileName(word.text));
			const [first, ...more] = fresh;
			if (first) places.push({ kind: fresh.some(isAddress) ? 'download' : 'package', instruction, stage, run, words: [first, ...more] });
			paths.push(...copiedPaths(model, instruction).map((word) => ({ instruction, word })));
		}
		const [copied, ...more] = paths;
		if (copied) places.push({ kind: 'path', instruction: copied.instruction, stage, run: undefined, words: [copied.word, ...more.map(({ word }) => word)] });
		return places;
	});
}

/** Programs that were never published for another architecture: nobody can fetch anything else (PhantomJS: ariya/phantomjs, issue 14901; Chrome for Testing has linux64 alone), or as a file of another form (Oracle’s JDK 7 and 8). */
const forNothingElse = /phantomjs|google-chrome-stable|chromedriver_?linux64|chrome-for-testing|download\.oracle\.com\/otn/i;

/** Images for amd64 (and i386) alone, source: docker-library/official-images, library/centos before 2021. */
const amd64Alone = /^(?:docker\.io\/)?(?:library\/)?centos:(?:centos)?[56]\b/;

/** Whether a stage stands on another stage, or on an image that is for several platforms: known ones, and the official ones of Docker Hub. */
function isForAny(stage: StageModel | undefined): boolean {
	if (stage?.base.kind !== 'image') return true;
	const { image, reference = '' } = stage.base;
	return !amd64Alone.test(reference) && (image !== undefined || parseReference(reference)?.shortName.includes('/') === false);
}

function added({ keyword, words }: Instruction): readonly Word[] {
	return keyword === 'ADD' ? words.slice(0, -1).filter((word) => isAddress(word) && namesAmd64(word.text)) : [];
}

/** Folders and loaders of libraries as Debian, glibc and musl name them. */
const libraries = /x86_64-linux-(?:gnu|musl)|\/ld-linux-x86-64\.so|\/ld-musl-x86_64\.so|\/lib\/jvm\/[^/]*-amd64/;

/** The paths of another stage or image that are there on amd64 only. */
function copiedPaths(model: Model, { keyword, flags, words, stage }: Instruction): readonly Word[] {
	const from = keyword === 'COPY' ? flags.find(({ name }) => name === 'from')?.value : undefined;
	const source = from === undefined ? undefined : model.stages[findStage(model.file, from, stage) ?? -1];
	if (from === undefined || (source && isMadeForOne(model, source)) || amd64.test(from)) return [];
	return words.slice(0, -1).filter(({ text }) => libraries.test(text));
}

/** Whether a stage is for one platform by its name, its image or what FROM says, so that nobody expects it to hold another's files. */
function isMadeForOne(model: Model, { chain }: StageModel): boolean {
	return chain.some((index) => {
		const { stage, base } = model.stages[index] as StageModel;
		const platform = stage.from.flags.find(({ name }) => name === 'platform')?.value;
		const named = `${stage.image?.text ?? ''} ${stage.name ?? ''} ${(base.kind === 'image' && base.reference) || ''}`;
		if (platform !== undefined && isFixedPlatform(platform)) return true;
		if (base.kind === 'image' && base.image?.family === 'windows') return true;
		return named.includes('@') || amd64.test(named) || otherArchitectures.test(named) || /\$\{?\w*(?<!se)arch(?!ive)/i.test(named);
	});
}

function knowsOthers({ file }: Model, { span }: Instruction): boolean {
	const text = file.text.slice(span.start, span.end);
	return asksForPlatform.test(text) || otherArchitectures.test(text);
}

/** Addresses in an ENV that a later RUN, in the stage or in one built on it, fetches or installs. ARGs are left alone: a build may give them another value. */
function inEnvironment(model: Model, { keyword, words, stage }: Instruction): readonly Word[] {
	if (keyword !== 'ENV') return [];
	const [name, value] = words;
	const assigned = name && value && !name.text.includes('=') ? [{ name: name.text, value }] : words.flatMap((word) => assignedBy(word) ?? []);
	return assigned.flatMap((one) => {
		if (!isAddress(one.value) || !namesAmd64(one.value.text)) return [];
		const used = new RegExp(`\\$\\{?${one.name}\\b`);
		const isFetched = model.runs.some(
			(run) =>
				stageOf(model, run).chain.includes(stage) && used.test(run.text) && !asksForPlatform.test(run.text) && run.invocations.some(({ program }) => fetchers.test(program ?? '')),
		);
		return isFetched ? [one.value] : [];
	});
}

/** `NAME=value` as a name and a word of its own. */
function assignedBy({ span, text }: Word): { readonly name: string; readonly value: Word } | undefined {
	const name = /^(\w+)=/.exec(text)?.[1];
	if (name === undefined) return undefined;
	const start = span.start + name.length + 1;
	return { name, value: { span: { start, end: span.end }, text: text.slice(name.length + 1), value: undefined } };
}

/** Options whose value is where a file goes, not where it comes from. */
const writesTo: Readonly<Record<string, RegExp>> = { curl: /^-[a-zA-Z]*[ox]$|^--(?:output|output-dir|proxy)$/, wget: /^-[a-zA-Z]*[OP]$|^--(?:output-document|directory-prefix)$/ };
const fetchers = /^(?:curl|wget2?|aria2c|axel|lwp-download)$/;

function inRun({ file }: Model, run: Run): readonly Word[] {
	const { script } = run.instruction;
	const fetches = run.invocations.some(({ program }) => fetchers.test(program ?? ''));
	// An address that a variable of the RUN holds is fetched by it.
	const assigned = (script?.commands ?? []).flatMap(({ assignments, conditional }) =>
		assignments.flatMap(({ span }) => {
			const value = assignedBy({ span, text: file.text.slice(span.start, span.end), value: undefined })?.value;
			return value && fetches && !conditional && isAddress(value) && namesAmd64(value.text) ? [value] : [];
		}),
	);
	return [...assigned, ...run.invocations.flatMap((invocation) => (invocation.command.conditional ? [] : inCommand(run, invocation)))].sort((a, b) => a.span.start - b.span.start);
}

function inCommand(run: Run, invocation: Invocation): readonly Word[] {
	const { program = '', args } = invocation;
	const words = args.filter(({ text }) => !text.startsWith('-'));
	if (fetchers.test(program)) return args.filter((word, index) => isAddress(word) && !writesTo[program]?.test(args[index - 1]?.text ?? '') && namesAmd64(word.text));
	const operation = operationOf(run, invocation);
	if (operation?.action === 'install') return operation.operands.filter(({ text }) => isPackageFor(text));
	if (program === 'rpm' && !args.some(({ text }) => /^-[a-zA-Z]*[iUF]|^--(?:install|upgrade)$/.test(text))) return [];
	if (program === 'dpkg' && !args.some(({ text }) => /^-[a-zA-Z]*i|^--install$/.test(text))) return [];
	return program === 'rpm' || program === 'dpkg' || program === 'gdebi' ? words.filter(({ text }) => isPackageFor(text)) : [];
}

/** A package or its file for amd64: `foo_1.2_amd64.deb`, `foo.x86_64`, `foo:amd64`. */
function isPackageFor(text: string): boolean {
	return namesAmd64(text) && /[._-](?:amd64|x86[_-]64|x64)\.(?:deb|rpm)["']*$|[.:](?:amd64|x86_64)["']*$|^["']?https?:/i.test(text);
}

function isAddress({ text }: Word): boolean {
	return /^["']?(?:(?:https?|ftp):\/\/|\$\{?[A-Za-z_])/.test(text);
}

const neutral = /noarch|[_-]all\.deb|\.(?:asc|sig|sign|key|gpg|pub|repo|list|txt|json|ya?ml|xml|html?|md5|sha\d+|md5sums?|sha\d+sums?)$|(?:^|[-_])(?:KEY|keys?)(?:[-_.]|$)/i;

/** Whether a file is for amd64: its name or its folder says so, and it is not one that is the same for all. */
function namesAmd64(text: string): boolean {
	if (!amd64.test(text)) return false;
	const name = fileName(text);
	return !neutral.test(name) && !/(?<![a-z])(?:win(?:dows|32|64)?|darwin|mac(?:os)?|osx)(?![a-z])|\.(?:exe|msi|dmg)$/i.test(name);
}

function fileName(text: string): string {
	return text
		.replace(/^["']|["']$/g, '')
		.replace(/[?#].*$/s, '')
		.replace(/\/+$/, '')
		.replace(/^.*\//s, '');
}
