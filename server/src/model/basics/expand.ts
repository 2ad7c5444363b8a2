/** Values of ARG and ENV names; undefined for a name whose value is not known before the build. */
export interface Variables {
	readonly get: (name: string) => string | undefined;
	readonly has: (name: string) => boolean;
	/** In no order. */
	readonly keys: () => Iterable<string>;
}

/**
 * Expands `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:+word}` and their forms without the colon, as the builders do in FROM, ENV, COPY and the like.
 * Undefined where a name without a default is not known, or where a form is used that only a shell knows.
 */
export function expand(text: string, variables: Variables): string | undefined {
	let known = true;
	const result = text.replace(
		/\\(\$)|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+])([^{}]*))?\}|\{|)/g,
		(all, escaped: string | undefined, plain?: string, braced?: string, operator?: string, word?: string) => {
			if (escaped) return escaped;
			const name = plain ?? braced;
			if (name === undefined) {
				known = known && all === '$';
				return all;
			}
			const value = variables.get(name);
			const isSet = value !== undefined && (value !== '' || operator?.startsWith(':') !== true);
			if (operator?.endsWith('-') && !isSet) return expandWord(word ?? '');
			if (operator?.endsWith('+')) return isSet ? expandWord(word ?? '') : '';
			if (value === undefined) known = false;
			return value ?? '';
		},
	);
	return known ? result : undefined;

	function expandWord(word: string): string {
		const inner = expand(word, variables);
		if (inner === undefined) known = false;
		return inner ?? '';
	}
}
