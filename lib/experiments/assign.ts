import { hashText } from '@/lib/models/seed';
import type { VariantId } from './schema';

/**
 * The variant of a task: it follows from the experiment and the task's key alone, so that every process, attempt and
 * replay finds the same. `shareB`: percent of the tasks that get B.
 */
export function variantOf(experimentId: string, key: string, shareB: number): VariantId {
  return placeOf(`${experimentId} ${key}`) < shareB / 100 ? 'B' : 'A';
}

/** A place in [0, 1). FNV-1a leaves its last letters in the low bits, so they are mixed once more (murmur3's end). */
function placeOf(text: string): number {
  let mixed = hashText(text);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
}
