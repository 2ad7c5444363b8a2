import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	cacheDir: join(import.meta.dirname, '../../node_modules/.vite-editor'),
	test: {
		root: import.meta.dirname,
		include: ['*.editor.ts'],
		globalSetup: ['support/prepare.ts'],
		fileParallelism: false,
		testTimeout: 240_000,
		hookTimeout: 300_000,
		reporters: ['default'],
	},
});
