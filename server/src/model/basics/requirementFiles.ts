/** The files that a requirements file of pip takes in by `-r` or `-c`, as it names them: relative to its own folder. Addresses are left out. */
export function requirementsIn(text: string): readonly string[] {
	return [...text.matchAll(/^[ \t]*(?:-r|-c|--requirement|--constraint)[ \t=]*([^\s#]+)/gm)].flatMap(([, path = '']) => (path.includes('://') ? [] : [path]));
}
