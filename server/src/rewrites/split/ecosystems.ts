import { compiled } from './compiled';
import { dotnet } from './dotnet';
import type { Ecosystem } from './ecosystem';
import { java } from './java';
import { node } from './node';
import { python } from './python';

/** Every ecosystem; the first whose image it is decides. */
export const ecosystems: readonly Ecosystem[] = [node, python, java, dotnet, compiled];
