import { fromBase64, toBase64 } from 'lib0/buffer';
import { createDecoder, hasContent, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint8Array } from 'lib0/encoding';

/** Several updates as one text, in order: a broadcast is then a single text frame, encoded once for all receivers. */
export function packUpdates(updates: readonly Uint8Array[]): string {
  const encoder = createEncoder();
  for (const update of updates) writeVarUint8Array(encoder, update);
  return toBase64(toUint8Array(encoder));
}

/** What {@link packUpdates} packed. Throws on anything else. */
export function unpackUpdates(packed: string): Uint8Array[] {
  const decoder = createDecoder(fromBase64(packed));
  const updates: Uint8Array[] = [];
  while (hasContent(decoder)) updates.push(readVarUint8Array(decoder));
  return updates;
}
