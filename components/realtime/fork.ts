import * as Y from 'yjs';
import { createObservable } from '@/components/observable/observable';
import { firstHeldClientId, suggestionLimits } from '@/lib/suggestions/schema';
import { type Draft, readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import { authorOf, RemoteOrigin } from './author';
import { createUndo } from './draft-copy';
import type { DraftCopy } from './draft-status';
import type { PresenceChannel } from './presence';

/** A copy of the draft with edits of its own, which it holds back. It follows the draft. */
export type Fork = DraftCopy & {
  /** The edits held back so far, as one update; undefined when there are none. */
  held(): Uint8Array | undefined;
  /** Called after each own edit. The function ends it. */
  onEdit(listener: () => void): () => void;
  /** Stops following the draft. */
  close(): void;
};

const kept = Symbol('kept');
let forks = 0;

/**
 * Forks a copy, with edits that were held back before. Its client ids lie above all that the server issues: they can
 * never meet one of the draft, and since accepted edits are made anew on the draft, none of them enters it.
 */
export function createFork(copy: DraftCopy, earlier?: Uint8Array): Fork {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy.doc), new RemoteOrigin(undefined));
  const origin = { suggestedBy: copy.userId };
  const { undo, onEdit } = createUndo(doc, origin);
  const { catalogue } = copy.draft;
  const draft: Draft = { doc, catalogue, origin, onEdit };
  let updates: Uint8Array[] = [];
  const listeners = new Set<() => void>();
  const onUpdate = (update: Uint8Array, from: unknown) => {
    if (from instanceof RemoteOrigin) return;
    updates.push(update);
    if (from !== kept) for (const listener of [...listeners]) listener();
  };
  const onDraft = (update: Uint8Array, _from: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    Y.applyUpdate(doc, update, new RemoteOrigin(authorOf(transaction)));
  };
  doc.clientID = heldClientId();
  doc.on('update', onUpdate);
  if (earlier) takeUp(draft, earlier);
  undo.clear();
  copy.doc.on('update', onDraft);
  forks += 1;
  return {
    generation: -forks,
    doc,
    draft,
    // Who accepts it says so then.
    through: (_, change) => change(),
    expectEdit: () => () => undefined,
    undo,
    presence: suggesting(copy.presence),
    clientId: doc.clientID,
    userId: copy.userId,
    clashes: createObservable([]),
    held() {
      if (updates.length > 1) updates = [Y.mergeUpdates(updates)];
      return updates[0];
    },
    onEdit(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      copy.doc.off('update', onDraft);
      doc.off('update', onUpdate);
      undo.destroy();
      copy.presence.set({ suggesting: undefined });
    },
  };
}

/** Goes on with earlier edits; made anew under one id when they came from many tabs, of which the server takes some. */
function takeUp({ doc, catalogue }: Draft, earlier: Uint8Array): void {
  const clients = new Set(Y.decodeUpdate(earlier).structs.map(({ id }) => id.client));
  if (clients.size < suggestionLimits.clients) {
    const { clientID } = doc;
    Y.applyUpdate(doc, earlier, kept);
    doc.clientID = clientID;
    return;
  }
  const together = new Y.Doc();
  Y.applyUpdate(together, Y.encodeStateAsUpdate(doc));
  Y.applyUpdate(together, earlier);
  writeDraft({ doc, catalogue, origin: kept }, readDraft(together, catalogue));
}

/** Others see where this person is, but no carets and drags of what only they have. */
function suggesting(presence: PresenceChannel): PresenceChannel {
  return {
    others: presence.others,
    set({ drag: _, ...change }) {
      if (!('focus' in change)) {
        presence.set({ ...change, suggesting: true });
        return;
      }
      const { caret: __, ...where } = change.focus ?? { nodeId: '' };
      const focus = change.focus === undefined ? undefined : where;
      presence.set({ ...change, focus, suggesting: true });
    },
  };
}

const heldClientId = () => firstHeldClientId + Math.floor(Math.random() * 2 ** 52);
