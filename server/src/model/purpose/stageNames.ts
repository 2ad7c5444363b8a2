import type { StageModel } from '../stages/model';

/** `dev`, `my-test`, `debug.tools`: names of stages for those who write the program, to work in or to try it. */
const work = /(?:^|[-_.])(?:dev(?:el|elop|elopment|container)?|debug(?:ger)?|test(?:s|ing)?|ci|lint|e2e|local|validate|check|workspace|tools?)(?:$|[-_.])/;

/** `build`, `go-builder`, `sdk`: names of stages to build in. */
const building = /(?:^|[-_.])(?:build(?:er|env)?|sdk)(?:$|[-_.])/;

/** Whether a stage's name says that it is for those who write the program. */
export function isNamedForWork(stage: StageModel | undefined): boolean {
	return work.test(stage?.stage.name ?? '');
}

/** Whether a stage's name says that it is there to build in. */
export function isNamedForBuilding(stage: StageModel | undefined): boolean {
	return building.test(stage?.stage.name ?? '');
}
