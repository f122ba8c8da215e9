import { act } from '@testing-library/react';
import { fromBase64, toBase64 } from 'lib0/buffer';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { can } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';
import type { DraftLock, Presence } from '@/lib/realtime/messages';
import { packUpdates } from '@/lib/realtime/pack';
import { firstHeldClientId } from '@/lib/suggestions/schema';
import { type Draft, readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';
import { realtime } from './socket';

const clientId = 1_001;

/** The server's end of one draft: it lets the browser in, takes its edits, and passes on those of others. */
export function openRoom(
  workflowId: string,
  definition: Definition,
  { role = 'editor' }: { role?: Role } = {},
) {
  const doc = new Y.Doc();
  const draft: Draft = { doc, catalogue, origin: null };
  writeDraft(draft, definition);
  const others = new Awareness(new Y.Doc());
  others.setLocalState(null);
  let seq = 0;
  realtime.on('draft.join', ({ stateVector }) => ({
    ok: true,
    update: Y.encodeStateAsUpdate(doc, stateVector),
    stateVector: Y.encodeStateVector(doc),
    clientId,
    userId: 'ada',
    userName: 'Ada Lovelace',
    role,
    canEdit: can(role, 'workflows.edit'),
    awareness: encodeAwarenessUpdate(others, [...others.getStates().keys()]),
    locks: [],
  }));
  const takeEdits = () =>
    realtime.on('draft.update', ({ update }) => {
      Y.applyUpdate(doc, fromBase64(update));
      seq += 1;
      return { ok: true, seq };
    });
  takeEdits();
  return {
    /** Takes edits again, after a test had them refused. */
    takeEdits,
    /** The draft as the server has it. */
    read: (): Definition => readDraft(doc, catalogue),
    /** An edit that is held back from the draft, as a suggestion has it. */
    hold(change: (draft: Draft) => void): string {
      const fork = new Y.Doc();
      Y.applyUpdate(fork, Y.encodeStateAsUpdate(doc));
      fork.clientID = firstHeldClientId + 1;
      const before = Y.encodeStateVector(fork);
      change({ doc: fork, catalogue, origin: null });
      return toBase64(Y.encodeStateAsUpdate(fork, before));
    },
    /** Somebody else edits; the browser hears of it. */
    edit(change: (draft: Draft) => void, by = 'grace'): void {
      const before = Y.encodeStateVector(doc);
      change(draft);
      const update = Y.encodeStateAsUpdate(doc, before);
      act(() =>
        realtime.tell('draft.updates', { workflowId, updates: packUpdates([update]), by: [by] }),
      );
    },
    /** Somebody else is here, or does something else. */
    enter(presence: Presence): void {
      others.setLocalState(presence);
      const update = toBase64(encodeAwarenessUpdate(others, [others.clientID]));
      act(() => realtime.tell('draft.awareness', { workflowId, update }));
    },
    lock(locks: DraftLock[]): void {
      act(() => realtime.tell('draft.locks', { workflowId, locks }));
    },
    notice(text: string, nodeIds: string[]): void {
      act(() => realtime.tell('draft.notice', { workflowId, text, nodeIds }));
    },
  };
}
