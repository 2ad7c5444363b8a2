import { brokenContinuation } from './broken-continuation';
import { buildPlatformLeaks } from './build-platform-leaks';
import { buildToolsShipped } from './build-tools-shipped';
import { bytecodeShipped } from './bytecode-shipped';
import { cleanedTooLate } from './cleaned-too-late';
import { cleanedWrongRoot } from './cleaned-wrong-root';
import { consecutiveRuns } from './consecutive-runs';
import { contextNotIgnored } from './context-not-ignored';
import { debugSymbolsKept } from './debug-symbols-kept';
import { devDependenciesInstalled } from './dev-dependencies-installed';
import { docsInstalled } from './docs-installed';
import { heavyBase } from './heavy-base';
import { installrootIncomplete } from './installroot-incomplete';
import { packageCacheKept } from './package-cache-kept';
import { packageManagerShipped } from './package-manager-shipped';
import { platformInStageName } from './platform-in-stage-name';
import type { Rule } from './rule';
import { scratchPlatformCache } from './scratch-platform-cache';
import { singlePlatformDownload } from './single-platform-download';
import { singleStageBuild } from './single-stage-build';
import { sourcesBeforeDependencies } from './sources-before-dependencies';
import { targetArgUndeclared } from './target-arg-undeclared';
import { weakDependenciesInstalled } from './weak-dependencies-installed';

/** Every rule, in the order in which they are documented. */
export const rules: readonly Rule[] = [
	packageCacheKept,
	cleanedTooLate,
	cleanedWrongRoot,
	weakDependenciesInstalled,
	docsInstalled,
	installrootIncomplete,
	consecutiveRuns,
	packageManagerShipped,
	buildToolsShipped,
	singleStageBuild,
	debugSymbolsKept,
	devDependenciesInstalled,
	bytecodeShipped,
	heavyBase,
	contextNotIgnored,
	sourcesBeforeDependencies,
	brokenContinuation,
	platformInStageName,
	targetArgUndeclared,
	singlePlatformDownload,
	scratchPlatformCache,
	buildPlatformLeaks,
];
