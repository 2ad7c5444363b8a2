/** The keys of a configuration by where they stand: what is read and what its schema allows. */
export const keysOf = {
	file: ['$schema', 'extends', 'rules', 'builder', 'build', 'rewrite', 'overrides'],
	override: ['files', 'extends', 'rules', 'builder', 'build', 'rewrite'],
	build: ['target', 'squash', 'layers', 'format'],
	rewrite: ['finalBase'],
} as const;

/** Who builds, in words. */
export const builderPattern = /^(any|buildkit|podman(@\d+\.\d+(\.\d+)?)?)$/;

/** The name of an image, with nothing in it that would be more than that in a FROM. */
export const imagePattern = /^[A-Za-z0-9][A-Za-z0-9_.:/@-]*$/;

/**
 * A glob for files below a folder: nothing absolute, no way up, no negation (which would mean all the others), no backslash. Short, and with four stars or
 * pairs of them at most: whoever opens a folder of somebody else’s waits for its globs, and trying one takes longer with the power of its stars.
 */
export const filesPattern = /^(?![!/]|(.*\/)?\.\.(\/|$)|[^*]*(\*+[^*]+){4}\*)[^\\\n\r]{1,200}$/;
