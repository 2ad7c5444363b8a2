import { expect, it } from 'vitest';
import { parseProgress } from '../../server/src/podman/progress';

it('a line in which podman begins an instruction says where it is', () => {
	expect(parseProgress('STEP 1/3: FROM x')).toEqual({ instruction: 1, of: 3, text: 'FROM x' });
	expect(parseProgress('[2/3] STEP 4/7: RUN a && b')).toEqual({ stage: { number: 2, of: 3 }, instruction: 4, of: 7, text: 'RUN a && b' });
	expect(parseProgress('[linux/arm64] STEP 1/4: FROM x')).toEqual({ platform: 'linux/arm64', instruction: 1, of: 4, text: 'FROM x' });
	expect(parseProgress('[linux/arm/v7] [2/3] STEP 1/4: FROM x')).toMatchObject({ platform: 'linux/arm/v7', stage: { number: 2, of: 3 } });
	expect(parseProgress('[linux/arm64@pi] [1/2] STEP 2/2: RUN uname -m')).toMatchObject({ platform: 'linux/arm64', stage: { number: 1, of: 2 }, text: 'RUN uname -m' });
	expect(['--> Using cache 48d05b1d7056', 'STEPS 1/2: x', '[2/2] COMMIT x', ''].map(parseProgress)).toEqual([undefined, undefined, undefined, undefined]);
});
