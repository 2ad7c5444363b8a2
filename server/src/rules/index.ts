import { brokenContinuation } from './broken-continuation';
import { buildPlatformLeaks } from './build-platform-leaks';
import { buildToolsShipped } from './build-tools-shipped';
import { bytecodeShipped } from './bytecode-shipped';
import { cacheMountDefeated } from './cache-mount-defeated';
import { cleanedTooLate } from './cleaned-too-late';
import { cleanedWrongRoot } from './cleaned-wrong-root';
import { consecutiveRuns } from './consecutive-runs';
import { contextNotIgnored } from './context-not-ignored';
import { copiedThenChanged } from './copied-then-changed';
import { debugSymbolsKept } from './debug-symbols-kept';
import { debugToolsShipped } from './debug-tools-shipped';
import { devDependenciesInstalled } from './dev-dependencies-installed';
import { distributionUpgraded } from './distribution-upgraded';
import { docsInstalled } from './docs-installed';
import { downloadKept } from './download-kept';
import { heavyBase } from './heavy-base';
import { installrootIncomplete } from './installroot-incomplete';
import { layerCount } from './layer-count';
import { localeDataShipped } from './locale-data-shipped';
import { metadataErased } from './metadata-erased';
import { ociFormatDrops } from './oci-format-drops';
import { packageCacheKept } from './package-cache-kept';
import { packageFileCopied } from './package-file-copied';
import { packageManagerShipped } from './package-manager-shipped';
import { platformInStageName } from './platform-in-stage-name';
import type { Rule } from './rule';
import { scratchNamedUser } from './scratch-named-user';
import { scratchPlatformCache } from './scratch-platform-cache';
import { scratchShellForm } from './scratch-shell-form';
import { scratchWithoutCertificates } from './scratch-without-certificates';
import { singlePlatformDownload } from './single-platform-download';
import { singleStageBuild } from './single-stage-build';
import { sourcesBeforeDependencies } from './sources-before-dependencies';
import { targetArgUndeclared } from './target-arg-undeclared';
import { unusedStage } from './unused-stage';
import { versionControlShipped } from './version-control-shipped';
import { weakDependenciesInstalled } from './weak-dependencies-installed';

/** Every rule, in the order in which they are documented. */
export const rules: readonly Rule[] = [
	packageCacheKept,
	cleanedTooLate,
	cacheMountDefeated,
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
	layerCount,
	ociFormatDrops,
	scratchNamedUser,
	scratchShellForm,
	scratchWithoutCertificates,
	unusedStage,
	debugToolsShipped,
	distributionUpgraded,
	localeDataShipped,
	metadataErased,
	versionControlShipped,
];
