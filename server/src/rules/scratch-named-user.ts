import type { Finding, Fix } from '../advice/advice';
import type { Context } from '../model/context/context';
import { beginsEmpty, bringerOf, chainInstructions } from '../model/files/emptyRoot';
import type { Model, StageModel } from '../model/stages/model';
import { groupIdOf, idOf } from '../model/stages/userIds';
import type { Span } from '../text/span';
import type { Rule } from './rule';

/** A user's or group's name in an image that has no list of names. */
export const scratchNamedUser: Rule = {
	id: 'scratch-named-user',
	title: 'A user is named where no names are known',
	severity: 'warning',
	concerns: 'image',
	fixable: 'suggested',
	docs: {
		why: 'Names of users and groups are looked up in `/etc/passwd` and `/etc/group` of the image itself, also `root`. On scratch there are no such files: the image builds, and its container does not start (“unable to find user”). With `--chown=NAME` podman does not even build, and BuildKit makes root the owner without a word. Numbers need no list. Or copy both files from the stage in which the user was made.',
		before:
			'FROM golang:1.24 AS build\nRUN useradd --uid 1001 app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app\nFROM scratch\nCOPY --from=build /app /app\nUSER app\nENTRYPOINT ["/app"]\n',
		after:
			'FROM golang:1.24 AS build\nRUN useradd --uid 1001 app\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app\nFROM scratch\nCOPY --from=build /app /app\nUSER 1001\nENTRYPOINT ["/app"]\n',
		links: ['https://docs.docker.com/reference/dockerfile/#copy---chown---chmod'],
	},
	*check(model, { builder }) {
		if (model.file.problems.length > 0) return;
		for (const stage of model.stages) if (beginsEmpty(model, stage)) yield* owners(model, stage, builder);
		const { target } = model;
		if (!target || !beginsEmpty(model, target)) return;
		const instructions = chainInstructions(model, target);
		const word = instructions.findLast(({ keyword }) => keyword === 'USER')?.words[0];
		// An image that starts nothing is only copied from.
		if (word?.value === undefined || !instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT')) return;
		const unknown = unknownIn(word.value, (file) => bringerOf(model, target, [file]) === undefined);
		if (!unknown) return;
		const ids = idsOf(model, word.value);
		yield {
			span: word.span,
			message: `the image has no ${unknown.file} that says who “${unknown.name}” is: the container does not start`,
			fixes: ids === undefined ? [] : [{ title: `Write the number ${ids}`, applicability: 'suggested', edits: [{ span: word.span, text: ids }] }],
		};
	},
};

/** COPY and ADD that give files to somebody by name. */
function* owners(model: Model, stage: StageModel, { kind }: Context['builder']): Iterable<Finding> {
	const owned = stage.stage.instructions.filter(
		({ keyword, flags, onbuild }) => (keyword === 'COPY' || keyword === 'ADD') && !onbuild && flags.some(({ name }) => name === 'chown'),
	);
	if (owned.length === 0) return;
	const bringers = new Map(['/etc/passwd', '/etc/group'].map((file) => [file, bringerOf(model, stage, [file])] as const));
	for (const { flags, span } of owned) {
		const flag = flags.find(({ name }) => name === 'chown');
		if (!flag?.value || /[$\s]/.test(flag.value)) continue;
		const unknown = unknownIn(flag.value, (file) => (bringers.get(file)?.span.start ?? Number.POSITIVE_INFINITY) >= span.start);
		// BuildKit takes root for a name that it does not find.
		if (!unknown || (kind === 'buildkit' && unknown.name === 'root')) continue;
		const ids = idsOf(model, flag.value);
		yield { span: flag.span, message: costOf(unknown, kind), fixes: ids === undefined ? [] : [numbered(flag.span, ids)] };
	}
}

function numbered(span: Span, ids: string): Fix {
	return { title: `Write the number ${ids}`, applicability: 'suggested', edits: [{ span, text: `--chown=${ids}` }] };
}

interface Unknown {
	readonly name: string;
	readonly file: string;
}

/** The first name that nothing in the image explains; `isMissing`: whether a file cannot be there. */
function unknownIn(owner: string, isMissing: (file: string) => boolean): Unknown | undefined {
	return owner
		.split(':')
		.map((name, index) => ({ name, file: index === 0 ? '/etc/passwd' : '/etc/group' }))
		.find(({ name, file }) => /^[a-z_][\w.-]*$/i.test(name) && isMissing(file));
}

/** Source: readUser of BuildKit, solver/llbsolver/ops/user_linux.go; tried with podman 4.3.1. */
function costOf({ name, file }: Unknown, kind: Context['builder']['kind']): string {
	const what = `no ${file} here says who “${name}” is`;
	if (kind === 'podman' || name === 'root') return `${what}: podman does not build this`;
	return kind === 'buildkit' ? `${what}: BuildKit makes root the owner` : `${what}: podman does not build this, and BuildKit makes root the owner`;
}

/** `1001:1001` of `app:app`; undefined where one of the numbers is not known. A user without a group gets the group that the file says, if it says one. */
function idsOf(model: Model, owner: string): string | undefined {
	const [user = '', group, ...more] = owner.split(':');
	const id = idOf(model, { kind: 'user', name: user });
	const own = group === undefined ? groupIdOf(model, user) : idOf(model, { kind: 'group', name: group });
	if (id === undefined || more.length > 0 || (group !== undefined && own === undefined)) return undefined;
	return own === undefined ? id : `${id}:${own}`;
}
