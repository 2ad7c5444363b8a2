// A vitest reporter: writes how many tests passed, what failed and what was skipped and why, as JSON, to the file that WHITTLE_COUNTS names.
import { writeFileSync } from 'node:fs';

/**
 * What a run came to. A file that could not be run at all is one failure.
 * @typedef {{ passed: number, failed: number, skipped: { name: string, why: string }[] }} Counts
 */

/** The reporter; vitest wants a class, and calls its methods by name. */
export default class VitestCounts {
	/** @type {Counts} */
	counts = { passed: 0, failed: 0, skipped: [] };

	/** @param {import('vitest/node').TestCase} test */
	onTestCaseResult(test) {
		const result = test.result();
		if (result.state === 'passed') {
			this.counts.passed += 1;
		} else if (result.state === 'failed') {
			this.counts.failed += 1;
		} else if (result.state === 'skipped') {
			this.counts.skipped.push({ name: test.fullName, why: result.note ?? '' });
		}
	}

	/**
	 * @param {readonly import('vitest/node').TestModule[]} modules
	 * @param {readonly unknown[]} errors errors outside every test
	 */
	onTestRunEnd(modules, errors) {
		this.counts.failed += errors.length;
		for (const module of modules) {
			this.counts.failed += module.errors().length + [...module.children.allSuites()].reduce((sum, suite) => sum + suite.errors().length, 0);
		}
		const file = process.env['WHITTLE_COUNTS'];
		if (file !== undefined) {
			writeFileSync(file, JSON.stringify(this.counts));
		}
	}
}
