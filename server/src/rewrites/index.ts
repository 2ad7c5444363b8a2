import { apkRootToScratch } from './apk-root-to-scratch';
import { debianRootToScratch } from './debian-root-to-scratch';
import { installrootComplete } from './installroot-complete';
import { installrootToScratch } from './installroot-to-scratch';
import { jlinkRuntime } from './jlink-runtime';
import { portablePlatformStages } from './portable-platform-stages';
import type { Rewrite } from './rewrite';
import { splitBuildStage } from './split-build-stage';
import { staticBinaryToScratch } from './static-binary-to-scratch';

/** Every rewrite, in the order in which they are documented. */
export const rewrites: readonly Rewrite[] = [
	installrootToScratch,
	debianRootToScratch,
	apkRootToScratch,
	staticBinaryToScratch,
	jlinkRuntime,
	splitBuildStage,
	installrootComplete,
	portablePlatformStages,
];
