import { describe, expect, it } from 'vitest';
import { memberName, readImageName } from '../../server/src/podman/imageName';

describe('the name of an image', () => {
	it.for([
		['app', 'localhost/app:latest', undefined],
		['team/app:1.0', 'localhost/team/app:1.0', undefined],
		['localhost/app', 'localhost/app:latest', undefined],
		['quay.io/team/app', 'quay.io/team/app:latest', 'quay.io'],
		['127.0.0.1:5000/app:x-Y_z.1', '127.0.0.1:5000/app:x-Y_z.1', '127.0.0.1:5000'],
		['[::1]:5000/app', '[::1]:5000/app:latest', '[::1]:5000'],
		['registry:5000/a/b__c/d-e', 'registry:5000/a/b__c/d-e:latest', 'registry:5000'],
		[`${'a'.repeat(255)}:${'t'.repeat(128)}`, `localhost/${'a'.repeat(255)}:${'t'.repeat(128)}`, undefined],
	] as const)('%s is %s', ([text, full, registry]) => {
		expect(readImageName(text)).toMatchObject({ full, ...(registry === undefined ? {} : { registry }) });
		if (registry === undefined) expect(readImageName(text)).not.toHaveProperty('registry');
	});

	it.for([
		['', /no name/],
		['-t', /has to begin and end with a letter or digit/],
		['--squash', /begin and end/],
		['a___b', /one or two underscores/],
		['a..b', /one dot/],
		['; rm -rf', /no blank/],
		['a;b', /no ";" in it/],
		['$(id)', /no "\$" in it/],
		['`id`', /no "`" in it/],
		['two\nlines', /no blank/],
		['app\0', /is no name of an image/],
		['Grüße', /no "ü" in it/],
		['a'.repeat(300), /longer than 255 characters/],
		[`app:${'t'.repeat(300)}`, /the tag .* at most 128/],
		['app:-x', /the tag "-x"/],
		['app:', /the tag ""/],
		[':1', /only a tag/],
		['App', /write "app" in lower case/],
		['a//b', /between two slashes/],
		['quay.io/', /before the first or behind the last|only a tag/],
		['-x.io/app', /"-x.io" is no registry/],
		['docker://quay.io/app', /leave off docker:\/\//],
		[`app@sha256:${'0'.repeat(64)}`, /a digest is known only after the build/],
		['0'.repeat(64), /the id of an image/],
	] as const)('%j is refused in a sentence', ([text, sentence]) => {
		const refused = readImageName(text);
		expect(refused).toEqual({ because: expect.stringMatching(sentence) });
		expect('because' in refused && refused.because).not.toMatch(/[\n\0]/);
	});

	it('has a platform behind its tag for one image of a list', () => {
		const name = readImageName('quay.io/team/app:1.0');
		if ('because' in name) throw new Error(name.because);
		expect(memberName(name, 'linux/arm/v7')).toBe('quay.io/team/app:1.0-linux-arm-v7');
		expect(memberName({ ...name, tag: 't'.repeat(120) }, 'linux/arm64')).toEqual({ because: expect.stringContaining('128 characters are the most') });
	});
});
