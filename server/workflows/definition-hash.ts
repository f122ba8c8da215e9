import { createHash } from 'node:crypto';
import { canonicalText } from '@/lib/workflows/definition/canonical';
import type { Definition } from '@/lib/workflows/schema';

/** SHA-256 in hex, the same for all definitions that mean the same. */
export function definitionHash(definition: Definition): string {
  return createHash('sha256').update(canonicalText(definition)).digest('hex');
}
