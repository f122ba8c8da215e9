import type { Caret } from '@/lib/realtime/messages';
import type { PresenceChannel } from './presence';

/** How a text editor tells where its caret is and learns of the others' in the same field. */
export type FieldCarets = {
  move(caret: Caret | undefined): void;
  others(): (Caret & { name: string; color: string })[];
  subscribe(listener: () => void): () => void;
};

/** Stands for a node where a text of the workflow itself is edited. */
export const workflowFocus = 'workflow';

/** Carets of one field; `field` is its path joined by `.`. */
export function caretsOf(presence: PresenceChannel, nodeId: string, field: string): FieldCarets {
  return {
    move: (caret) =>
      presence.set({
        focus: caret ? { nodeId, field, caret } : nodeId === workflowFocus ? undefined : { nodeId },
      }),
    others: () =>
      presence.others.get().flatMap(({ focus, user }) => {
        if (focus?.nodeId !== nodeId || focus.field !== field || !focus.caret) return [];
        return [{ ...focus.caret, name: user.name, color: user.color }];
      }),
    subscribe: presence.others.subscribe,
  };
}
