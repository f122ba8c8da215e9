'use client';

import { useMemo, useSyncExternalStore } from 'react';
import type { Caret } from '@/lib/realtime/messages';
import type { DraftCopy } from './draft-status';
import type { Peer, PresenceChannel } from './presence';

const nobody: readonly Peer[] = [];
const never = () => () => undefined;
const noOne = () => nobody;

/** Everybody else who has this draft open. Re-renders with each of their moves: cursors read `copy.presence` instead. */
export function usePeers(copy: DraftCopy | undefined): readonly Peer[] {
  const others = copy?.presence.others;
  return useSyncExternalStore(others?.subscribe ?? never, others?.get ?? noOne, noOne);
}

/** How a text editor tells where its caret is and learns of the others' in the same field. */
export type FieldCarets = {
  move(caret: Caret | undefined): void;
  others(): (Caret & { name: string; color: string })[];
  subscribe(listener: () => void): () => void;
};

/** Carets of one field; `field` is its path joined by `.`. */
export function caretsOf(presence: PresenceChannel, nodeId: string, field: string): FieldCarets {
  return {
    move: (caret) => presence.set({ focus: caret ? { nodeId, field, caret } : { nodeId } }),
    others: () =>
      presence.others.get().flatMap(({ focus, user }) => {
        if (focus?.nodeId !== nodeId || focus.field !== field || !focus.caret) return [];
        return [{ ...focus.caret, name: user.name, color: user.color }];
      }),
    subscribe: presence.others.subscribe,
  };
}

/** {@link caretsOf} that stays the same between renders. */
export function useCarets(
  copy: DraftCopy | undefined,
  nodeId: string,
  field: string,
): FieldCarets | undefined {
  const presence = copy?.presence;
  return useMemo(() => presence && caretsOf(presence, nodeId, field), [presence, nodeId, field]);
}
