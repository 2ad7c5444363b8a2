import type { Size } from '../model/catalog/baseImage';
import { findBaseImage } from '../model/catalog/baseImages';
import { parseReference } from '../model/catalog/reference';
import type { Model, StageModel } from '../model/stages/model';
import type { Total } from './total';

/** The image at the bottom of a chain of stages: one with a name, none, or one that only the build knows (`written`, as FROM has it). */
export type Root = { readonly kind: 'scratch' } | { readonly kind: 'image'; readonly reference: string } | { readonly kind: 'unknown'; readonly written: string };

/** What a Containerfile is built on; plain data. */
export interface BaseUse {
	/** What ships stands on it. */
	readonly ships: Root;
	/** What only stages that do not ship stand on. */
	readonly builds: readonly Root[];
}

/** A base image and who uses it. */
export interface BaseCount {
	/** In its short form: `debian:12` for `docker.io/library/debian:12`. */
	readonly reference: string;
	/** Without tag and digest; bases of one repository are variants of each other. */
	readonly repository: string;
	/** How the files write it. */
	readonly spellings: readonly string[];
	/** How many Containerfiles ship on it. */
	readonly ships: number;
	/** How many only build with it. */
	readonly builds: number;
	/** Unpacked, where the catalogue has a figure for this very tag. */
	readonly size?: Size;
}

/** A base that is not known before a build, with some of the files that ship on it. */
export interface UnknownBase {
	readonly written: string;
	readonly ships: number;
	/** The first of them; no more than `toldFiles`. */
	readonly files: readonly string[];
}

/** What many Containerfiles are built on. */
export interface BasesReport {
	/** Those with an image to ship. */
	readonly files: number;
	/** Those that ship on nothing. */
	readonly scratch: number;
	/** What ships stands on these: the most used first. */
	readonly shipped: readonly BaseCount[];
	/** Only stages that do not ship stand on these. */
	readonly builders: readonly BaseCount[];
	readonly unknown: readonly UnknownBase[];
	/** Repositories of which several variants ship. */
	readonly variants: readonly { readonly repository: string; readonly ships: number; readonly references: readonly string[] }[];
	/** What the bases with a known size take, each stored once, against any one of them; absent with less than two. */
	readonly sharing?: { readonly known: number; readonly together: Total; readonly one: Total };
}

/** Reports of hundreds of thousands of files have to stay small. */
const toldFiles = 20;

/** What a file's stages stand on; undefined where there is nothing to ship. */
export function baseUseOf(model: Model): BaseUse | undefined {
	const { target } = model;
	if (!target) return undefined;
	const ships = rootOf(model, target);
	const others = new Map<string, Root>();
	for (const stage of model.stages) {
		const root = rootOf(model, stage);
		if (!stage.ships && root.kind !== 'scratch' && keyOf(root) !== keyOf(ships)) others.set(keyOf(root), root);
	}
	return { ships, builds: [...others.values()] };
}

/** Adds files up, one after the other; what is held grows with the number of different bases only. */
export function countBases(): { add(file: string, use: BaseUse): void; report(): BasesReport } {
	const known = new Map<string, { repository: string; reference: string; spellings: Set<string>; ships: number; builds: number }>();
	const unknown = new Map<string, { ships: number; files: string[] }>();
	let files = 0;
	let scratch = 0;
	const count = (root: Root, how: 'ships' | 'builds'): void => {
		if (root.kind !== 'image') return;
		const key = keyOf(root);
		const one = known.get(key) ?? { reference: key, repository: repositoryOf(root.reference), spellings: new Set(), ships: 0, builds: 0 };
		one[how]++;
		if (one.spellings.size < toldFiles) one.spellings.add(root.reference);
		known.set(key, one);
	};
	return {
		add(file, { ships, builds }) {
			files++;
			if (ships.kind === 'scratch') scratch++;
			if (ships.kind === 'unknown') {
				const one = unknown.get(ships.written) ?? { ships: 0, files: [] };
				one.ships++;
				if (one.files.length < toldFiles) one.files.push(file);
				unknown.set(ships.written, one);
			}
			count(ships, 'ships');
			for (const root of builds) count(root, 'builds');
		},
		report() {
			const bases = [...known.values()]
				.map((one): BaseCount => ({ ...one, spellings: [...one.spellings].sort(), ...sizeOf(one.reference) }))
				.sort((a, b) => b.ships - a.ships || b.builds - a.builds || (a.reference < b.reference ? -1 : 1));
			const shipped = bases.filter(({ ships }) => ships > 0);
			return {
				files,
				scratch,
				shipped,
				builders: bases.filter(({ ships }) => ships === 0),
				unknown: [...unknown].map(([written, one]) => ({ written, ...one })).sort((a, b) => b.ships - a.ships || (a.written < b.written ? -1 : 1)),
				variants: variantsOf(shipped),
				...sharingOf(shipped),
			};
		},
	};
}

function rootOf(model: Model, stage: StageModel): Root {
	const bottom = model.stages[stage.bottom] ?? stage;
	if (bottom.base.kind === 'scratch') return { kind: 'scratch' };
	const reference = bottom.base.kind === 'image' ? bottom.base.reference : undefined;
	if (reference === undefined || !parseReference(reference)) return { kind: 'unknown', written: bottom.stage.image?.text ?? '' };
	return { kind: 'image', reference };
}

/** The same for references that mean the same image. */
function keyOf(root: Root): string {
	if (root.kind !== 'image') return root.kind === 'scratch' ? 'scratch' : `\0${root.written}`;
	const { tag, digest } = parseReference(root.reference) ?? { tag: 'latest', digest: undefined };
	return `${repositoryOf(root.reference)}${digest === undefined ? `:${tag}` : `@${digest}`}`;
}

/** Images that are built for one architecture are others than those that are built for all. */
function repositoryOf(reference: string): string {
	const { name, shortName } = parseReference(reference) ?? { name: reference, shortName: reference };
	return /(?:^|\/)((?:amd64|arm32v[5-7]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\/[^/]+)$/.exec(name)?.[1] ?? shortName;
}

/** A record of the catalogue is for many tags, and its size was weighed for one: that which its source names, unless there is but one release. */
function sizeOf(reference: string): { readonly size?: Size } {
	const parsed = parseReference(reference);
	const image = parsed?.digest === undefined ? findBaseImage(reference)?.image : undefined;
	if (!parsed || !image?.size) return {};
	const weighed = `${parsed.shortName}:${parsed.tag}`;
	const isWeighed = image.fixedRelease !== undefined || image.size.source.split(/[\s,;()]+/).includes(weighed);
	return isWeighed ? { size: image.size } : {};
}

function variantsOf(shipped: readonly BaseCount[]): BasesReport['variants'] {
	const byRepository = new Map<string, BaseCount[]>();
	for (const base of shipped) byRepository.set(base.repository, [...(byRepository.get(base.repository) ?? []), base]);
	return [...byRepository]
		.filter(([, bases]) => bases.length > 1)
		.map(([repository, bases]) => ({ repository, ships: bases.reduce((sum, { ships }) => sum + ships, 0), references: bases.map(({ reference }) => reference) }))
		.sort((a, b) => b.references.length - a.references.length || b.ships - a.ships || (a.repository < b.repository ? -1 : 1));
}

function sharingOf(shipped: readonly BaseCount[]): Pick<BasesReport, 'sharing'> {
	const sizes = shipped.flatMap(({ size }) => size?.bytes ?? []);
	if (sizes.length < 2) return {};
	const sum = sizes.reduce((a, b) => a + b, 0);
	return {
		sharing: {
			known: sizes.length,
			together: { atLeast: sum, atMost: sum, basis: 'catalog' },
			one: { atLeast: Math.min(...sizes), atMost: Math.max(...sizes), basis: 'catalog' },
		},
	};
}
