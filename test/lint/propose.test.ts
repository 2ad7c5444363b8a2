import { describe, expect, it } from 'vitest';
import { lint } from '../../server/src/lint/lint';
import { propose, rewritten, withOffered } from '../../server/src/lint/propose';
import { loneFile } from '../../server/src/model/context/context';
import { rewrites } from '../../server/src/rewrites';
import { isRefusal } from '../../server/src/rewrites/rewrite';

const bare = 'FROM fedora:33\nRUN dnf -y install nginx && dnf clean all\n';
const nginx = `${bare}CMD ["nginx", "-g", "daemon off;"]\n`;

describe('a finding', () => {
	const curesOf = (text: string) => withOffered(lint(text).findings, text, loneFile).find(({ rule }) => rule === 'package-manager-shipped');

	it('names the rewrites that cure it', () => {
		expect(curesOf(nginx)?.rewrites).toEqual(['installroot-to-scratch']);
	});

	it('names none that refuses', () => {
		const refused = `${nginx}BANANA\n`;
		expect(curesOf(refused)).toBeDefined();
		expect(curesOf(refused)).not.toHaveProperty('rewrites');
	});
});

describe('asking for a rewrite', () => {
	it('is answered by every rewrite, in the order of the list', () => {
		expect(propose(nginx).map(({ rewrite }) => rewrite)).toEqual(rewrites);
	});

	it('of a file that nobody would wait for is refused', () => {
		const [answer] = propose(`${bare}${'LABEL a=b\n'.repeat(500)}`).map(({ answer }) => answer);
		expect(answer).toMatchObject({ because: 'it has more than 400 instructions' });
	});

	it('that is not there names the one that may have been meant', () => {
		expect(rewritten(nginx, 'installroot-to-scrach')).toEqual({
			because: 'there is no rewrite "installroot-to-scrach" (did you mean installroot-to-scratch?)',
			span: { start: 0, end: nginx.length },
		});
		expect(rewritten(nginx, 'constructor')).toHaveProperty('because', 'there is no rewrite "constructor"');
	});

	it('of a file of another kind says what that lacks', () => {
		const [needs] = rewrites.filter(({ id }) => id === 'portable-platform-stages').map((rewrite) => rewrite.needs);
		expect(rewritten(nginx, 'portable-platform-stages')).toHaveProperty('because', `it needs ${needs}`);
	});

	it('of a file that does not parse is refused there by all', () => {
		for (const { answer } of propose(`${nginx}BANANA\n`)) {
			expect(answer && isRefusal(answer) && [answer.because, answer.span.start]).toEqual([expect.stringMatching(/^the file does not parse here: /), nginx.length]);
		}
	});
});
