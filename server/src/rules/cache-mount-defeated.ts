import type { Finding, Fix } from '../advice/advice';
import { clearOfAptHook, keepsCache, mountTarget, stopsEmptying, withCacheOfHost, withSharingLocked } from '../advice/cacheMounts';
import type { Context } from '../model/context/context';
import { type Defeat, defeatsOf } from '../model/packages/cacheMounts';
import type { Model, Run } from '../model/stages/model';
import { mountFields } from '../syntax/mount';
import type { Rule } from './rule';

/** A cache mount that does nothing: switched off, emptied, at the wrong place, or refused. */
export const cacheMountDefeated: Rule = {
	id: 'cache-mount-defeated',
	title: 'A cache mount does nothing',
	severity: 'warning',
	concerns: 'build',
	fixable: 'safe',
	docs: {
		why: 'A cache mount keeps what a package manager fetched from one build to the next, and out of the image. It does so only where that package manager really looks: dnf 5 in /var/cache/libdnf5 and not in /var/cache/dnf, npm in the home of whoever runs it. Cleaning or an option such as `--no-cache-dir`, right without a mount, makes it useless, and the docker-clean hook of the official Debian and Ubuntu images empties /var/cache/apt after each installation. podman knows no `sharing=private`.',
		before: 'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf -y install nginx && dnf clean all\n',
		after: 'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf -y install nginx\n',
		links: ['https://docs.docker.com/build/cache/optimize/#use-cache-mounts'],
	},
	*check(model, context) {
		for (const run of model.runs) {
			if (run.mounts.length === 0) continue;
			yield* refused(model, run, context);
			for (const defeat of defeatsOf(model, run)) yield report(model, run, defeat);
		}
	},
};

function* refused(model: Model, run: Run, { builder }: Context): Iterable<Finding> {
	if (builder.kind !== 'podman') return;
	for (const flag of run.instruction.flags) {
		const fields = mountFields(flag);
		if (fields?.get('type') !== 'cache' || fields.get('sharing') !== 'private') continue;
		const fix = withSharingLocked(model.file, flag);
		yield {
			span: flag.span,
			severity: 'error',
			message: 'podman knows no sharing=private and stops here; sharing=locked keeps builds apart, too',
			...(fix ? { fixes: [fix] } : {}),
		};
	}
}

function report({ file }: Model, run: Run, defeat: Defeat): Finding {
	const { mount, operation } = defeat;
	const { program } = operation;
	const { flag, target } = mount;
	const related = [{ span: flag.span, message: 'the cache mount' }];
	const said = (finding: Finding, fix: Fix | undefined): Finding => ({ ...finding, ...(fix ? { fixes: [fix] } : {}) });
	const word = operation.invocation.name?.span ?? operation.invocation.command.span;
	switch (defeat.kind) {
		case 'off': {
			const { option, variable } = defeat;
			const what = option?.name ?? variable ?? '';
			return said(
				{
					span: option?.words[0]?.span ?? word,
					message: `${what} makes ${program} keep nothing, so the cache mount at ${target} stays empty and every build fetches all of it anew`,
					related,
				},
				option && keepsCache(file, run, operation, option),
			);
		}
		case 'emptied': {
			const { command } = defeat.invocation;
			return said(
				{ span: command.span, message: `this empties the cache mount at ${target}, which is in no layer anyway, so the next build fetches all of it anew`, related },
				stopsEmptying(file, run, defeat.invocation, defeat.words),
			);
		}
		case 'hook':
			return said(
				{
					span: flag.span,
					severity: 'info',
					message: `the base image’s docker-clean hook empties ${target} after each installation, so this mount keeps nothing for the next build`,
				},
				defeat.alsoCleaned ? undefined : clearOfAptHook(file, run, operation),
			);
		case 'elsewhere': {
			const { place, by, user } = defeat;
			const isGuess = by === 'user' && user !== 'root' && !(user === 'node' && run.variables.has('NODE_VERSION'));
			const where = isGuess ? `${program} runs as ${user} and keeps its cache in that user’s home` : `${program} keeps its cache in ${place}${by === 'user' ? ` for ${user}` : ''}`;
			const others = by === 'user' && user !== 'root' ? { uid: '1000', gid: '1000' } : {};
			const fix = isGuess || place.startsWith('~') ? undefined : by === 'root' ? withCacheOfHost(run, operation, target) : mountTarget(file, flag, target, place, others);
			return said({ span: flag.span, message: `${where}, so this mount at ${target} catches nothing and what is fetched goes into the layer` }, fix);
		}
	}
}
