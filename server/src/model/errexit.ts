/** Whether words of a command line switch the shell's errexit on: `-e`, `-eux`, `-o errexit`. */
export function hasErrexit(words: readonly string[]): boolean {
	return words.some((word, index) => /^-[a-z]*e[a-z]*$/.test(word) || (word === 'errexit' && /^-[a-z]*o$/.test(words[index - 1] ?? '')));
}
