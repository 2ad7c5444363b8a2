import { headOf } from '../advice/attachedComments';
import { expand } from '../model/basics/expand';
import { assignmentsOf } from '../model/basics/references';
import { automaticVariables } from '../model/catalog/platforms';
import { type StageReference, stageReferences } from '../model/stages/stageReferences';
import type { Containerfile, Instruction, Stage } from '../syntax/containerfile';
import type { Edit } from '../text/edit';
import { listed } from '../text/listed';
import type { Span, Word } from '../text/span';
import { isRefusal, type Refusal, type Rewrite } from './rewrite';
import { mayCoincide, readTemplate, type StageTemplate, stemOf } from './stageTemplate';

/**
 * Names of stages without variables, the platform's stage selected by a FROM. Source of what works where: imagebuilder expands `AS` since 1.2.13 (podman 5.2), BuildKit allows
 * no variable in `AS` (parse.go) and none in `--from` (convert.go); `FROM base-${TARGETARCH}` with a global ARG was built with podman 4.3.1, 5.4.2 and buildah 1.26 to 1.43.
 */
export const portablePlatformStages: Rewrite = {
	id: 'portable-platform-stages',
	title: 'Name stages without variables and select them by FROM',
	needs: 'a stage that is named, or copied from, by a variable like TARGETARCH',
	docs: {
		why: 'A variable in `AS name` or in `--from=` fails with BuildKit and with podman before 5.2, and with later ones as soon as a stage comes from the cache. In FROM it works everywhere, when ARG declares it before the first FROM.',
		before: `FROM alpine:3.20 AS base-amd64
RUN apk add --no-cache gcompat

FROM alpine:3.20 AS base-arm64

FROM alpine:3.20
ARG TARGETARCH
COPY --from=base-\${TARGETARCH} /lib /lib
`,
		after: `ARG TARGETARCH

FROM alpine:3.20 AS base-amd64
RUN apk add --no-cache gcompat

FROM alpine:3.20 AS base-arm64

FROM base-\${TARGETARCH} AS base

FROM alpine:3.20
ARG TARGETARCH
COPY --from=base /lib /lib
`,
	},
	propose({ file }) {
		const naming = nameStages(file);
		if (isRefusal(naming)) return naming;
		const undeclared = undeclaredIn(file, naming);
		const [touched] = [...naming.changes.map(({ span }) => span), ...undeclared.map(({ span }) => span)].sort((a, b) => a.start - b.start);
		if (!touched) return undefined;
		const stage = file.stages.filter(({ from }) => from.span.start <= touched.start).at(-1) ?? file.stages[0];
		return {
			title:
				naming.changes.length > 0
					? portablePlatformStages.title
					: `Declare ${listed(
							undeclared.map(({ name }) => name),
							'and',
						)} before the first FROM`,
			span: stage?.from.span ?? touched,
			assumes: assumptions(file, naming),
			edits: () => [
				...declarations(file, undeclared),
				...selectingStages(file, naming),
				...naming.changes.map(({ span, name }) => ({ span, text: name })),
				...renumbered(file, naming),
			],
		};
	},
};

/** A stage to be written that selects another one, or an image. */
interface Selection {
	/** As FROM says it. */
	readonly source: string;
	readonly key: string;
	readonly name: string;
	/** The index of the stage that it is written before. */
	readonly before: number;
	/** The stages that it may select, by index; none where it is an image. */
	readonly among: readonly number[];
}

/** What the file calls its stages from now on. */
interface Naming {
	/** Names to be written, the reference's or the stage's own. */
	readonly changes: readonly { readonly span: Span; readonly name: string }[];
	readonly selections: readonly Selection[];
}

interface NamedStage {
	readonly index: number;
	readonly written: Word;
	readonly template: StageTemplate;
}

function nameStages(file: Containerfile): Naming | Refusal {
	const stages = namedStages(file);
	if (isRefusal(stages)) return stages;
	const references = stageReferences(file);
	const taken = [...stages.map(({ template }) => template), ...references.flatMap(({ text }) => readTemplate(text) ?? [])];
	const given = new Set<string>();
	const names = new Map(stages.filter(isVaried).map(({ index, template }) => [index, freeName(template, given, taken)]));
	const changes = stages.filter(isVaried).map(({ index, written }) => ({ span: written.span, name: names.get(index) ?? '' }));
	const selections: Selection[] = [];
	for (const reference of references) {
		const { instruction, text, span } = reference;
		const meant = meaningOf(file, reference, stages);
		if (isRefusal(meant)) return meant;
		if (meant.stage) changes.push({ span, name: names.get(meant.stage.index) ?? '' });
		if (!meant.varied || meant.stage || instruction.keyword === 'FROM') continue;
		const key = [meant.varied.key, ...meant.among].join();
		const known = selections.find((one) => one.key === key);
		const selection = known ?? { source: text, key, name: freeName(meant.varied, given, taken), before: instruction.stage, among: meant.among };
		if (!known) selections.push(selection);
		changes.push({ span, name: selection.name });
	}
	return { changes, selections };
}

/** The stages that have a name; refused where a variable in one can be anything, and where two may be the same. */
function namedStages(file: Containerfile): readonly NamedStage[] | Refusal {
	const named: NamedStage[] = [];
	for (const { index, from } of file.stages) {
		const written = from.words[2];
		if (!written) continue;
		const template = readTemplate(written.text);
		if (!template) return { because: unreadable, span: written.span };
		const unknown = template.variables.find((name) => !automaticVariables.has(name));
		if (unknown !== undefined) return { because: `the name of this stage is whatever ${unknown} is when the image is built`, span: written.span };
		const stage = { index, written, template };
		const twin = named.find((other) => (isVaried(stage) || isVaried(other)) && other.template.key !== template.key && mayCoincide(other.template, template));
		if (twin) return { because: `on some platform the stage ${twin.written.text} has the same name`, span: written.span };
		named.push(stage);
	}
	return named;
}

function isVaried({ template }: NamedStage): boolean {
	return template.variables.length > 0;
}

/** What a reference means: `stage` that one on every platform; else, where it is `varied`, one of the stages `among`, or an image. All empty where nothing has to be written. */
interface Meaning {
	readonly stage?: NamedStage | undefined;
	readonly varied?: StageTemplate;
	readonly among: readonly number[];
}

function meaningOf(file: Containerfile, reference: StageReference, stages: readonly NamedStage[]): Meaning | Refusal {
	const { instruction, text, span } = reference;
	const isFrom = instruction.keyword === 'FROM';
	const template = readTemplate(text);
	if (!template && !isFrom) return { because: unreadable, span };
	const earlier = stages.filter(({ index }) => index < instruction.stage);
	const stage = earlier.filter((one) => isVaried(one) && one.template.key === template?.key).at(-1);
	if (stage) return instruction.onbuild ? { because: onbuild, span } : { stage, among: [] };

	const likely = readTemplate(expand(text, new Map([...globalArguments(file), ...automaticNames])) ?? '');
	const other = likely && earlier.find((one) => isVaried(one) && mayCoincide(one.template, likely));
	if (other) return { because: `this is the stage ${other.written.text} on some platforms only`, span };
	if (!template || template.variables.length === 0) return { among: [] };
	// An argument of the file's own that FROM has already is left to its author.
	const wanted = isFrom ? likely : template;
	const among = wanted && wanted.variables.length > 0 ? earlier.filter((one) => mayCoincide(one.template, wanted)).map(({ index }) => index) : [];
	const hidden = template.variables.find((name) => !selecting.has(name));
	if (among.length > 0 && hidden !== undefined) return { because: `podman 4.3 finds no stage that FROM names by ${hidden}`, span };
	return (isFrom ? undefined : unclear(file, reference, template, among)) ?? { varied: template, among };
}

/** The variables by which podman 4.3.1 finds a stage that FROM names, tried with each; by others it does so only where --build-arg gives them. */
const selecting: ReadonlySet<string> = new Set(['TARGETARCH', 'TARGETOS', 'TARGETVARIANT']);

/** Why a FROM cannot say the same as a reference with variables. */
function unclear(file: Containerfile, { instruction, span }: StageReference, { variables, fixed }: StageTemplate, among: readonly number[]): Refusal | undefined {
	if (instruction.onbuild) return { because: onbuild, span };
	const stage = file.stages[instruction.stage];
	const globals = globalArguments(file);
	for (const name of variables) {
		const isAutomatic = automaticVariables.has(name);
		const setting = file.instructions.find((one) => isSetBy(one, name) && (isAutomatic || one.stage >= 0));
		if (setting) return { because: `${name} gets a value of its own here, which FROM may not see`, span: setting.span };
		if (isAutomatic) continue;
		const isDeclared = stage?.instructions.some(({ keyword, words, span: at }) => keyword === 'ARG' && at.end <= instruction.span.start && words.some(({ text }) => text === name));
		if (!globals.has(name) || !isDeclared) return { because: `${name} has to be declared before the first FROM and again in this stage`, span };
		if (fixed.every((part) => part === '') && /^\d*$/.test(globals.get(name) ?? '-')) return { because: `${name} is the number of a stage, and FROM takes names only`, span };
	}
	if (among.length === 0 && stage?.from.flags.length) return { because: 'it may be an image for the platform that only this stage has', span };
	return undefined;
}

const unreadable = 'only a name with plain variables in it can be read';
const onbuild = 'ONBUILD copies when another file is built, whose stages are not known';

/** Each variable as FROM would still have it. */
const automaticNames = [...automaticVariables.keys()].map((name) => [name, `\${${name}}`] as const);

function isSetBy(instruction: Instruction, name: string): boolean {
	return (instruction.keyword === 'ARG' || instruction.keyword === 'ENV') && assignmentsOf(instruction).some(([one, value]) => one === name && value !== undefined);
}

/** The ARGs before the first FROM, with their defaults as they are written. */
function globalArguments(file: Containerfile): ReadonlyMap<string, string | undefined> {
	return new Map(file.instructions.filter(({ keyword, stage }) => keyword === 'ARG' && stage < 0).flatMap(assignmentsOf));
}

/** A name that no stage has and nothing in the file can mean, which is taken with that. */
function freeName(template: StageTemplate, given: Set<string>, taken: readonly StageTemplate[]): string {
	const stem = stemOf(template);
	const known = taken.filter(({ variables }) => variables.every((name) => automaticVariables.has(name)));
	const isFree = (name: string) => !reserved.has(name) && !given.has(name) && !known.some((one) => mayCoincide(one, { key: name, variables: [], fixed: [name] }));
	let name = stem;
	for (let number = 2; !isFree(name); number++) name = `${stem}-${number}`;
	given.add(name);
	return name;
}

/** Names that BuildKit keeps to itself. */
const reserved: ReadonlySet<string> = new Set(['context', 'scratch']);

/** The automatic variables that FROM needs, directly or through the defaults of ARGs, and that no ARG before the first FROM declares; with the first place that needs each. */
function undeclaredIn(file: Containerfile, { changes, selections }: Naming): readonly { readonly name: string; readonly span: Span }[] {
	const globals = globalArguments(file);
	const froms = file.stages.flatMap(({ image }) => (image && !changes.some(({ span }) => span === image.span) ? [{ text: image.text, span: image.span }] : []));
	const selected = selections.map(({ source, before }) => ({ text: source, span: (file.stages[before] as Stage).from.span }));
	const needed = new Map<string, Span>();
	const need = (text: string, span: Span): void => {
		// `${NAME:-…}` and the like say what holds where it is not declared.
		if (/\$\{\w+[^\w}]/.test(text)) return;
		for (const [, braced, name = braced ?? ''] of text.matchAll(/\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g)) {
			if (needed.has(name)) continue;
			needed.set(name, span);
			need(globals.get(name) ?? '', span);
		}
	};
	for (const { text, span } of [...froms, ...selected]) need(text, span);
	return [...needed].flatMap(([name, span]) => (automaticVariables.has(name) && !globals.has(name) ? [{ name, span }] : []));
}

function declarations(file: Containerfile, undeclared: readonly { readonly name: string }[]): readonly Edit[] {
	const [first] = file.instructions;
	if (!first || undeclared.length === 0) return [];
	const at = headOf(file, first);
	const lines = undeclared.map(({ name }) => `ARG ${name}${file.newline}`).join('');
	return [{ span: { start: at, end: at }, text: lines + (first.keyword === 'ARG' && at === first.span.start ? '' : file.newline) }];
}

function selectingStages(file: Containerfile, { selections }: Naming): readonly Edit[] {
	return selections.map(({ source, name, before }) => {
		const from = (file.stages[before] as Stage).from;
		const gap = file.newline + file.newline;
		const previous = file.instructions[file.instructions.indexOf(from) - 1];
		const at = before > 0 && previous ? previous.span.end : headOf(file, from);
		const line = `FROM ${source} AS ${name}`;
		return { span: { start: at, end: at }, text: before > 0 ? gap + line : line + gap };
	});
}

/** Stages that are copied from by their number, where new ones come before them. */
function renumbered(file: Containerfile, { selections }: Naming): readonly Edit[] {
	return stageReferences(file).flatMap(({ instruction, text, span }) => {
		const shift = selections.filter(({ before }) => before <= Number(text)).length;
		return instruction.keyword === 'FROM' || !/^\d+$/.test(text) || shift === 0 ? [] : [{ span, text: String(Number(text) + shift) }];
	});
}

function assumptions(file: Containerfile, { changes, selections }: Naming): readonly string[] {
	const nameOf = (index: number) => file.stages[index]?.name ?? '';
	const old = file.stages.flatMap(({ from }) => from.words.slice(2)).filter(({ span }) => changes.some((change) => change.span === span));
	return [
		...(old.length > 0
			? [
					`No build asks for ${listed(
						old.map(({ text }) => text),
						'or',
					)} with --target.`,
				]
			: []),
		...selections.map(({ source, among }) =>
			among.length > 0 ? `In every build, ${source} is one of the stages ${listed(among.map(nameOf), 'and')}.` : `${source} is an image, not a stage.`,
		),
		// Without it podman 4.3.1 leaves the selected stage out as unused and looks for an image of that name.
		...(selections.some(({ among }) => among.length > 0) ? ['Podman 4.3 is told the platform (--platform) when it builds this.'] : []),
	];
}
