import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBuildContext } from '../../server/src/disk/context';
import { wantedPaths, wantedTexts } from '../../server/src/model/context/buildContext';
import { type Context, loneFile } from '../../server/src/model/context/context';
import { parseContainerfile } from '../../server/src/syntax/parse';

/** The context of a case of `test/rewrites/`: its folder is the build context; `context.json` says the rest (`builder`, `finalBase`). */
export function contextOf(folder: string, text: string): Context {
	const file = parseContainerfile(text);
	const said = existsSync(join(folder, 'context.json')) ? JSON.parse(readFileSync(join(folder, 'context.json'), 'utf8')) : {};
	return { ...loneFile, ...said, buildContext: readBuildContext(folder, 'Containerfile', wantedPaths(file, 'Containerfile'), wantedTexts(file)) };
}
