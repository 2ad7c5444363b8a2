import type { Stage } from '../../syntax/containerfile';
import { literal } from '../../text/literal';
import { findStage } from '../basics/references';
import type { Model, StageModel } from './model';
import { stageReferences } from './stageReferences';

/** A stage that nothing uses, with the stages that only it uses. */
export interface UnusedStage {
	readonly stage: Stage;
	readonly alone: readonly Stage[];
}

/** Names of stages that are made for others, never to be built for themselves. */
const helper = /^(?:.*[-_.])?(?:build|builder|builds|build-?env|build-?stage|compile|compiler|deps|dependencies|download|downloader|fetch|fetcher|sources?|src|install|installer)$/;

/** Comments of a preprocessor (`#if`, `#include "x"`) and marks of templates: the text is no Containerfile yet. */
const template = /^[ \t]*#[ \t]?(?:if|ifdef|ifndef|include|define|elif|endif)\b[ \t]*(?:[!(<"A-Z]|defined|$)|\{\{|\{%|<%|^[ \t]*%%/m;

/**
 * The stages that no build uses, as far as the file tells: neither the last one and `target` nor a stage that may be built for itself is built on them, copies
 * from them or mounts them. Nothing where the text may not be what is built, or where two stages have one name.
 */
export function unusedStages(model: Model, target: string | undefined): readonly UnusedStage[] {
	const { file, stages } = model;
	const names = stages.flatMap(({ stage }) => stage.name ?? []);
	if (stages.length < 2 || file.problems.length > 0 || new Set(names).size < names.length || template.test(file.text)) return [];
	// Such images bring instructions of their own, which may copy from a stage by its usual name.
	if (stages.some(({ stage }) => /onbuild/i.test(stage.image?.text ?? ''))) return [];
	const uses = usesOf(model);
	if (!uses) return [];
	const wanted = target === undefined ? undefined : findStage(file, target, stages.length);
	const named = mentioned(file.text);
	const used = reach(
		uses,
		stages.filter((stage) => stage.index === stages.length - 1 || stage.index === wanted || mayBeTarget(stage, named)).map(({ index }) => index),
	);
	const unused = stages.filter(({ index }) => !used.has(index));
	const usedByUnused = new Set(unused.flatMap(({ index }) => uses[index] ?? []));
	return unused
		.filter(({ index }) => !usedByUnused.has(index))
		.map(({ stage, index }) => {
			const below = [...reach(uses, [index])].filter((one) => one !== index && !used.has(one)).sort((a, b) => a - b);
			return { stage, alone: below.flatMap((one) => stages[one]?.stage ?? []) };
		});
}

/**
 * Whether somebody may build a stage for itself: it has a name other than a helper's, describes an image, is the tag of one, or holds nothing to take; or whether
 * its name stands behind a "from" that could not be read.
 */
function mayBeTarget({ stage }: StageModel, named: ReadonlySet<string>): boolean {
	const { name, instructions } = stage;
	const says = (keywords: RegExp) => instructions.some(({ keyword, onbuild }) => onbuild || keywords.test(keyword));
	if (name === undefined) return says(/^(?:CMD|ENTRYPOINT)$/);
	if (!helper.test(name) || says(/^(?:CMD|ENTRYPOINT|HEALTHCHECK|EXPOSE|LABEL|MAINTAINER)$/) || !says(/^(?:RUN|COPY|ADD)$/)) return true;
	return named.has(name);
}

/** What stands where a tag does, or behind a "from" that may not have been read. */
function mentioned(text: string): ReadonlySet<string> {
	return new Set([...text.matchAll(/(?::|from=["']?|--from\s+)([\w.-]*\w)/gi)].map(([, name = '']) => name.toLowerCase()));
}

/**
 * The stages that each stage names; undefined where a name is not written so that it can be read. Behind the stages come the patterns that names with variables
 * are, each with the stages that it fits: a stage that uses one names that.
 */
function usesOf({ file, stages }: Model): readonly (readonly number[])[] | undefined {
	const uses = stages.map(({ base }): number[] => (base.kind === 'stage' ? [base.index] : []));
	if (file.instructions.some(({ keyword, flags }) => (keyword === 'COPY' || keyword === 'ADD') && flags.some(({ name, value }) => name === 'from' && !value))) return undefined;
	const patterns = new Map<string, number>();
	for (const { instruction, text } of stageReferences(file)) {
		const own = uses[instruction.stage];
		const index = text.includes('$') ? undefined : findStage(file, text, instruction.stage);
		if (index !== undefined) own?.push(index);
		// The name of a stage has none of these.
		if (!text.includes('$') || /[:/@]/.test(text.replace(/\$\{[^}]*\}/g, ''))) continue;
		const isBase = instruction.keyword === 'FROM';
		const key = `${isBase} ${text}`;
		const place = patterns.get(key) ?? uses.push(fitting(stages, text, isBase)) - 1;
		patterns.set(key, place);
		own?.push(place);
	}
	return uses;
}

/** The stages whose names, or numbers where it is no FROM, a name with variables may become. */
function fitting(stages: readonly StageModel[], text: string, isBase: boolean): number[] {
	const pattern = new RegExp(`^${text.toLowerCase().replace(/\$\{[^}]*\}|\$\w*|[^$]+/g, (part) => (part.startsWith('$') ? '.*' : literal(part)))}$`);
	return stages.flatMap(({ index, stage }) => (pattern.test(stage.name ?? '') || (!isBase && pattern.test(`${index}`)) ? [index] : []));
}

function reach(uses: readonly (readonly number[])[], from: readonly number[]): ReadonlySet<number> {
	const reached = new Set<number>();
	const next = [...from];
	for (let index = next.pop(); index !== undefined; index = next.pop()) {
		if (reached.has(index)) continue;
		reached.add(index);
		next.push(...(uses[index] ?? []));
	}
	return reached;
}
