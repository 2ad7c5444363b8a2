import { contextNotIgnored } from './context-not-ignored';
import { heavyBase } from './heavy-base';
import { packageCacheKept } from './package-cache-kept';
import { packageManagerShipped } from './package-manager-shipped';
import type { Rule } from './rule';

/** Every rule, in the order in which they are documented. */
export const rules: readonly Rule[] = [packageCacheKept, packageManagerShipped, heavyBase, contextNotIgnored];
