import { describe, expect, test } from 'vitest';
import { builtIns, scopesAt, tokenizer } from './tokens';

const keyword = 'keyword.other.special-method.dockerfile';
const command = 'entity.name.function.call.shell';
const argument = 'string.unquoted.argument.shell';
const option = 'constant.other.option.shell';
const comment = 'comment.line.number-sign.dockerfile';
const continued = 'constant.character.escape.line-continuation.dockerfile';

describe.each(builtIns())('on the grammars of $name', async (builtIn) => {
	const tokens = await tokenizer(builtIn);

	/** Checks a text's scopes, each given as line, part of the token's text, part of its scopes. */
	function check(text: string, expected: readonly (readonly [number, string, string])[]): void {
		const found = tokens(text);
		for (const [line, part, scope] of expected) {
			expect(` ${scopesAt(found, line, part)} `, `${part} in line ${line}`).toContain(` ${scope}`);
		}
	}

	test('colours commands, options, arguments and operators over continuations', () => {
		check('RUN apt-get update && \\\n  apt-get install -y \\\n    curl>/dev/null', [
			[1, 'RUN', keyword],
			[1, 'apt-get', command],
			[1, 'update', argument],
			[1, '&&', 'keyword.operator.logical.shell'],
			[1, '\\', continued],
			[2, 'apt-get', command],
			[2, '-y', option],
			[3, 'curl', argument],
			[3, '>', 'keyword.operator.redirect.shell'],
		]);
	});

	test('goes on over comments, blank lines, and blanks behind the backslash', () => {
		const text = 'RUN apt-get install \\  \n\n  # it\'s a comment\n\t\n  curl \\\n# "another\n  git\nUSER app';
		check(text, [
			[1, '\\', continued],
			[3, "it's", comment],
			[5, 'curl', argument],
			[6, 'another', comment],
			[7, 'git', argument],
			[8, 'USER', keyword],
		]);
		expect(tokens(text).depths.slice(6)).toEqual([1, 1]);
	});

	test('takes an even number of backslashes at the end of a line for a continuation, as builders do', () => {
		check('RUN echo a\\\\\n  USER b', [
			[1, '\\', 'meta'],
			[2, 'USER', argument],
		]);
	});

	test('colours flags, also on continued lines', () => {
		check('RUN --mount=type=cache,target=/var/cache/apt \\\n  --network=none \\\n  make --jobs=2', [
			[1, '--mount', 'entity.other.attribute-name.flag.dockerfile'],
			[1, 'type=cache', 'string.unquoted.flag.dockerfile'],
			[2, '--network', 'entity.other.attribute-name.flag.dockerfile'],
			[3, 'make', command],
			[3, '--jobs', option],
		]);
	});

	test('keeps the exec form as strings', () => {
		const text = 'RUN ["sh", "-c", "echo \\"hi\\" && make"]\nENTRYPOINT [ "nginx", \\\n  "-g" ]\nCMD ["nginx"]';
		check(text, [
			[1, 'sh', 'string.quoted.double.dockerfile'],
			[1, '\\"', 'constant.character.escaped.dockerfile'],
			[1, ' && make', 'string.quoted.double.dockerfile'],
			[2, 'nginx', 'string.quoted.double.dockerfile'],
			[3, '-g', 'string.quoted.double.dockerfile'],
			[4, 'nginx', 'string.quoted.double.dockerfile'],
		]);
		expect(JSON.stringify(tokens(text).lines)).not.toContain(command);
	});

	test('does not take a test of the shell for the exec form', () => {
		check('RUN [ "$a" = "b" ] && make', [
			[1, '[', command],
			[1, 'a', 'variable.other.normal.shell'],
			[1, 'make', command],
		]);
	});

	test('colours ONBUILD RUN, lower case, CMD, ENTRYPOINT and HEALTHCHECK CMD', () => {
		check('ONBUILD RUN make\nrun make\nCMD nginx -g "daemon off;"\nENTRYPOINT exec top\nHEALTHCHECK --interval=5s \\\n  CMD curl -f http://localhost\nHEALTHCHECK NONE', [
			[1, 'ONBUILD', 'keyword.control.dockerfile'],
			[1, 'RUN', keyword],
			[1, 'make', command],
			[2, 'run', keyword],
			[2, 'make', command],
			[3, 'CMD', keyword],
			[3, 'nginx', command],
			[3, 'daemon off;', 'string.quoted.double.shell'],
			[4, 'exec', command],
			[5, 'HEALTHCHECK', keyword],
			[5, '--interval', 'entity.other.attribute-name.flag.dockerfile'],
			[6, 'CMD', keyword],
			[6, 'curl', command],
			[7, 'HEALTHCHECK', keyword],
		]);
	});

	test('leaves the other instructions as the built-in grammar colours them', () => {
		check('FROM --platform=$BUILDPLATFORM debian:12 AS "build"\nENV A="b \\\n c" D=\\"\nCOPY --from=build /a /b', [
			[1, 'FROM', keyword],
			[1, 'AS', keyword],
			[1, 'build', 'string.quoted.double.dockerfile'],
			[2, 'ENV', keyword],
			[2, 'b ', 'string.quoted.double.dockerfile'],
			[3, ' c', 'string.quoted.double.dockerfile'],
			[3, '\\"', 'constant.character.escaped.dockerfile'],
			[4, 'COPY', keyword],
		]);
	});

	test("colours Whittle's own comments, between instructions and inside them", () => {
		const rule = 'entity.name.type.rule.whittle';
		const text =
			'# whittle-ignore-file docs-installed -- we ship the manual\n# whittle-ignore package-cache-kept, heavy-base -- small\nRUN make \\\n  # whittle-ignore docs-installed\n  all\n# whittle-ignored\n# a whittle-ignore of no rule';
		check(text, [
			[1, 'whittle-ignore-file', 'keyword.other.directive.whittle'],
			[1, 'docs-installed', rule],
			[1, 'we ship the manual', 'string.unquoted.reason.whittle'],
			[2, 'whittle-ignore', `${comment} keyword.other.directive.whittle`],
			[2, 'package-cache-kept', rule],
			[2, 'heavy-base', rule],
			[2, 'small', 'string.unquoted.reason.whittle'],
			[4, 'whittle-ignore', 'keyword.other.directive.whittle'],
			[4, 'docs-installed', rule],
			[5, 'all', argument],
			[6, 'whittle-ignored', comment],
			[7, 'of no rule', comment],
		]);
		expect(JSON.stringify(tokens(text).lines.slice(5))).not.toContain('.whittle');
	});

	test('colours parser directives at the top only', () => {
		check('# syntax=docker/dockerfile:1\n# check=skip=all\nFROM scratch\n# syntax=no', [
			[1, 'syntax', 'keyword.other.directive.dockerfile'],
			[1, 'docker/dockerfile:1', 'string.unquoted.directive.dockerfile'],
			[2, 'check', 'keyword.other.directive.dockerfile'],
			[3, 'FROM', keyword],
		]);
		expect(scopesAt(tokens('FROM scratch\n# syntax=no'), 2, 'syntax')).not.toContain('directive');
	});

	test('follows `# escape=`` to the end of the file', () => {
		const text =
			"# syntax=a\n# escape=`\nFROM base AS b\nRUN dir C:\\\nRUN Write-Host \"C:\\\" `\n  # it's\n  'over `\n lines'\n# whittle-ignore heavy-base\nCOPY a C:\\b\\\nUSER app";
		check(text, [
			[2, 'escape', 'keyword.other.directive.dockerfile'],
			[3, 'AS', keyword],
			[4, 'RUN', keyword],
			[5, 'RUN', keyword],
			[5, 'C:\\', 'string.quoted.double.dockerfile'],
			[5, '`', continued],
			[6, "it's", comment],
			[7, 'over', 'string.quoted.single.dockerfile'],
			[8, ' lines', 'string.quoted.single.dockerfile'],
			[9, 'heavy-base', 'entity.name.type.rule.whittle'],
			[10, 'COPY', keyword],
			[11, 'USER', keyword],
		]);
		expect(new Set([2, 3, 8, 9, 10].map((line) => tokens(text).depths[line])).size).toBe(1);
	});

	test('a backtick continues nothing without that directive', () => {
		check('FROM scratch\n# escape=`\nRUN a=`date`\nUSER app', [[4, 'USER', keyword]]);
	});
});
