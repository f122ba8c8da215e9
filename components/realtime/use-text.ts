'use client';

import { useCallback, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { type FieldPath, textOf } from '@/lib/workflows/edits';
import type { DraftCopy } from './draft-status';

const none = () => undefined;

/** The shared text of a field, to bind an editor to; undefined while there is none. Typing does not re-render. */
export function useText(
  copy: DraftCopy | undefined,
  nodeId: string,
  path: FieldPath,
): Y.Text | undefined {
  const line = JSON.stringify(path);
  const subscribe = useCallback(
    (listener: () => void) => {
      copy?.doc.on('afterTransaction', listener);
      return () => copy?.doc.off('afterTransaction', listener);
    },
    [copy],
  );
  const read = () => copy && textOf(copy.draft, nodeId, JSON.parse(line) as FieldPath);
  return useSyncExternalStore(subscribe, read, none);
}
