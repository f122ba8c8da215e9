import * as Y from 'yjs';
import { lockedMessage, locksAgainst } from '@/lib/locks/schema';
import type { DraftLock } from '@/lib/realtime/messages';
import { draftParts } from '@/lib/workflows/draft/draft';

/**
 * Why a person may not change these elements of a draft (`<part>/<id>`, or `meta`), for people; undefined: no lock is
 * in the way.
 */
export function lockedBy(
  doc: Y.Doc,
  locks: readonly DraftLock[],
  userId: string | null,
  elements: Iterable<string>,
): string | undefined {
  for (const element of elements) {
    const nodeId = element.startsWith('nodes/') ? element.slice('nodes/'.length) : undefined;
    const [lock] = locksAgainst(locks, userId, nodeId);
    if (!lock) continue;
    const node = nodeId === undefined ? undefined : draftParts(doc).nodes.get(nodeId);
    return lockedMessage(lock, node instanceof Y.Map ? String(node.get('name')) : undefined);
  }
  return undefined;
}
