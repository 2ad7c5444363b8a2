import { remember } from '../../model/basics/remember';
import { parseReference } from '../../model/catalog/reference';
import type { Invocation } from '../../model/commands/invocation';
import { onlyManifest } from '../../model/context/manifests';
import { settingFor } from '../../model/stages/environment';
import type { Run, StageModel } from '../../model/stages/model';
import type { Edit } from '../../text/edit';
import { insertAfter } from '../statements';
import { type Compile, headTo, isWritable, type Unstripped } from './compile';

/** What says something of symbols itself: the profile's own keys, flags of the compiler, or the wish for readable backtraces. */
const decided = /strip|\bdebug\s*=\s*(?!false|0|"none")|profile\.release\.package|RUST_BACKTRACE|CARGO_PROFILE_/i;

/**
 * `cargo build --release` of a project whose Cargo.toml, which somebody read, does not strip the program. Said once for a stage, as its builds share what
 * they compiled. `--config` is there from 1.63 on (release notes of Cargo 1.63).
 */
export function unstrippedCargo(compile: Compile): Unstripped | undefined {
	const { model, context, stage, invocation, run } = compile;
	const last = invocation.program === 'cargo' ? releaseBuildsOf(stage).at(-1) : undefined;
	if (last?.invocation !== invocation || (!stage.ships && stage.copiedOut.length === 0)) return undefined;
	const manifest = onlyManifest(context.buildContext, 'Cargo.toml');
	const root = manifest?.includes('[package]') ? manifest : undefined;
	if (root === undefined || decided.test(root) || decided.test(model.file.text) || context.buildContext?.present.has('.cargo')) return undefined;
	const builds = releaseBuildsOf(stage).map((build) => ({ ...compile, ...build }));
	const flags = settingFor(run, invocation, 'RUSTFLAGS');
	if (flags === undefined) return undefined;
	const verb = verbOf(invocation);
	const span = headTo(compile, verb);
	const message = 'cargo leaves the symbol table in the program, and Cargo.toml does not strip it; without it a backtrace names no functions, only a panic its line';
	const isOwn = builds.every(isWritable) && !/cargo[ -]chef/.test(model.file.text) && knowsConfig(stage);
	if (!isOwn) return { span, message };
	const edits = builds.flatMap((build): Edit[] => {
		const at = verbOf(build.invocation);
		return at ? [insertAfter(at, '--config profile.release.strip=true')] : [];
	});
	return { span, message, fix: { title: 'Add --config profile.release.strip=true', edits } };
}

const releaseBuildsOf = remember((stage: StageModel): readonly { readonly run: Run; readonly invocation: Invocation }[] =>
	stage.runs.flatMap((run) => run.invocations.filter(isReleaseBuild).map((invocation) => ({ run, invocation }))),
);

function verbOf({ args }: Invocation) {
	return args.find(({ text }) => !text.startsWith('+'));
}

function isReleaseBuild(invocation: Invocation): boolean {
	const { program, args } = invocation;
	const verb = verbOf(invocation)?.value;
	return (
		program === 'cargo' &&
		(verb === 'build' || verb === 'b') &&
		args.some(({ value }) => value === '--release' || value === '-r') &&
		!args.some(({ text }) => /^--profile/.test(text))
	);
}

function knowsConfig({ base }: StageModel): boolean {
	const reference = base.kind === 'image' && base.reference !== undefined ? parseReference(base.reference) : undefined;
	if (reference?.shortName !== 'rust') return false;
	const version = /^(\d+)(?:\.(\d+))?/.exec(reference.tag);
	return !version || version[2] === undefined || Number(version[2]) >= 63;
}
