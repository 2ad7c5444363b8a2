import { brokenContinuation } from './broken-continuation';
import { buildPlatformLeaks } from './build-platform-leaks';
import { buildToolsShipped } from './build-tools-shipped';
import { cleanedTooLate } from './cleaned-too-late';
import { cleanedWrongRoot } from './cleaned-wrong-root';
import { consecutiveRuns } from './consecutive-runs';
import { contextNotIgnored } from './context-not-ignored';
import { copiedThenChanged } from './copied-then-changed';
import { docsInstalled } from './docs-installed';
import { downloadKept } from './download-kept';
import { heavyBase } from './heavy-base';
import { installrootIncomplete } from './installroot-incomplete';
import { packageCacheKept } from './package-cache-kept';
import { packageFileCopied } from './package-file-copied';
import { packageManagerShipped } from './package-manager-shipped';
import { platformInStageName } from './platform-in-stage-name';
import type { Rule } from './rule';
import { scratchPlatformCache } from './scratch-platform-cache';
import { singlePlatformDownload } from './single-platform-download';
import { targetArgUndeclared } from './target-arg-undeclared';
import { weakDependenciesInstalled } from './weak-dependencies-installed';

/** Every rule, in the order in which they are documented. */
export const rules: readonly Rule[] = [
	packageCacheKept,
	cleanedTooLate,
	cleanedWrongRoot,
	downloadKept,
	packageFileCopied,
	copiedThenChanged,
	weakDependenciesInstalled,
	docsInstalled,
	installrootIncomplete,
	consecutiveRuns,
	packageManagerShipped,
	buildToolsShipped,
	heavyBase,
	contextNotIgnored,
	brokenContinuation,
	platformInStageName,
	targetArgUndeclared,
	singlePlatformDownload,
	scratchPlatformCache,
	buildPlatformLeaks,
];
