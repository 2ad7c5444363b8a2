import type { Rule } from './rule';

/** Every rule, in the order in which they are documented. */
export const rules: readonly Rule[] = [];
