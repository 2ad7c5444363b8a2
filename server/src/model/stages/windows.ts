import type { StageModel } from './model';

/** Whether a stage stands on an image of Windows, whose RUNs are no POSIX shell's. */
export function isWindows({ image, stage }: StageModel): boolean {
	return image?.family === 'windows' || /windows(?:servercore)?|nanoserver/i.test(stage.image?.text ?? '');
}
