import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Starts the real builds first: they take minutes, and whatever starts last is waited for alone. */
class RealBuildsFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const sorted = await super.sort(files);
		const builds = ({ moduleId }: TestSpecification) => moduleId.includes('/test/podman/');
		return [...sorted.filter(builds), ...sorted.filter((file) => !builds(file))];
	}
}

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		globalSetup: ['test/support/build.ts'],
		testTimeout: 60_000,
		reporters: ['default'],
		// Vitest leaves one core to itself, which on two cores means that nothing runs beside anything.
		maxWorkers: '100%',
		sequence: { sequencer: RealBuildsFirst },
	},
});
