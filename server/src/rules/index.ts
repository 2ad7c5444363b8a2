import { packageCacheKept } from './package-cache-kept';
import type { Rule } from './rule';

/** Every rule, in the order in which they are documented. */
export const rules: readonly Rule[] = [packageCacheKept];
