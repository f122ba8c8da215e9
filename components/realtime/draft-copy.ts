import * as Y from 'yjs';
import { createObservable } from '@/components/observable/observable';
import type { DraftJoined } from '@/lib/realtime/messages';
import type { ClaimedSource } from '@/lib/workflows/changes/source';
import { draftParts } from '@/lib/workflows/draft/draft';
import type { DraftCatalogue } from '@/lib/workflows/draft/draft-shape';
import { isFormerKey } from '@/lib/workflows/draft/former-keys';
import { type FoundClash, watchClashes } from '@/lib/workflows/merge/conflicts';
import { RemoteOrigin, RequestedOrigin } from './author';
import type { DraftCopy } from './draft-status';
import { createOutbox, type Outbox } from './outbox';
import { createPresence, type OpenPresence } from './presence';
import type { StoredEdit } from './stored-edit';
import { type ChangedElements, noteChanged, nothingChanged } from './transplant';
import type { Wire } from './wire';

/** A copy as its connection holds it. */
export type OpenCopy = DraftCopy & {
  readonly presence: OpenPresence;
  readonly outbox: Outbox;
  /** What this person changed and the server has not committed. */
  touched: ChangedElements;
  readOnly: boolean;
  /**
   * Applies the server's updates, the neighbours of one author in one transaction, see `authorOf`. `by` names the
   * authors in the same order. Throws when one cannot be applied.
   */
  receive(updates: readonly Uint8Array[], by?: readonly string[]): void;
  /** Takes in edits that an earlier tab could not send; what the server has already is not sent again. */
  restore(edits: readonly StoredEdit[]): void;
  /** Stops following local edits. The document stays readable. */
  close(): void;
};

const undoSteps = 200;
const typingPauseMs = 500;
const kept = Symbol('kept');
let generations = 0;

/** A fresh document with the server's state in it, writing under the id that the server issued. */
export function openCopy(parts: {
  wire: Wire;
  workflowId: string;
  catalogue: DraftCatalogue;
  answer: DraftJoined;
  /** Called after each local edit, which is in the outbox then. */
  onLocal: (edit: StoredEdit) => void;
}): OpenCopy {
  const { answer, catalogue } = parts;
  const doc = new Y.Doc();
  const expected = new Set<object>();
  /** The server writes each edit that was requested of it under a client id of its own, which nobody has seen before. */
  const isExpected = (update: Uint8Array, author: string | undefined) =>
    expected.size > 0 && author === answer.userId && isOfNewClient(doc, update);
  const receive = (updates: readonly Uint8Array[], by: readonly string[] = []) => {
    for (let from = 0, to = 0; from < updates.length; from = to) {
      to = from + 1;
      const [first] = expected;
      const requested = isExpected(updates[from] ?? nothing, by[from]);
      while (!requested && to < updates.length && by[to] === by[from]) {
        if (isExpected(updates[to] ?? nothing, by[to])) break;
        to += 1;
      }
      const origin = new (requested ? RequestedOrigin : RemoteOrigin)(by[from] || undefined);
      const run = updates.slice(from, to);
      if (requested && first) {
        expected.delete(first);
        undo.stopCapturing();
      }
      const apply = () => {
        for (const update of run) Y.applyUpdate(doc, update, origin);
      };
      Y.transact(doc, apply, origin, false);
      if (requested) undo.stopCapturing();
    }
    // Yjs takes another id when it meets its own in an update; the server knows only this one.
    doc.clientID = answer.clientId;
  };
  const person = { person: answer.userId };
  const { undo, onEdit } = createUndo(doc, person);
  receive([new Uint8Array(answer.update)]);
  const clashes = createObservable<readonly FoundClash[]>([]);
  const stopWatching = watchClashes(
    doc,
    (transaction) => transaction.origin instanceof RemoteOrigin,
    (clash) => clashes.set([...clashes.get(), clash]),
  );
  const outbox = createOutbox();
  const presence = createPresence({
    ...parts,
    doc,
    user: { id: answer.userId, name: answer.userName },
  });
  let claimed: ClaimedSource | undefined;
  const through = (origin: ClaimedSource | undefined, change: () => void) => {
    claimed = origin;
    try {
      change();
    } finally {
      claimed = undefined;
    }
  };
  const onUpdate = (update: Uint8Array, from: unknown, _: Y.Doc, transaction: Y.Transaction) => {
    if (from instanceof RemoteOrigin) return;
    outbox.add(update, { foreign: from === kept, origin: claimed });
    noteChanged(copy.touched, transaction, doc);
    parts.onLocal({ update, origin: claimed });
  };
  doc.on('update', onUpdate);
  const copy: OpenCopy = {
    generation: ++generations,
    doc,
    draft: { doc, catalogue, origin: person, onEdit, readOnly: () => copy.readOnly },
    expectEdit() {
      const edit = {};
      expected.add(edit);
      return () => void expected.delete(edit);
    },
    undo,
    presence,
    clientId: answer.clientId,
    userId: answer.userId,
    clashes,
    outbox,
    touched: nothingChanged(),
    readOnly: !answer.canEdit,
    receive,
    through,
    restore(edits) {
      for (const { update, origin } of edits) {
        through(origin, () => Y.applyUpdate(doc, update, kept));
      }
      doc.clientID = answer.clientId;
    },
    close() {
      doc.off('update', onUpdate);
      stopWatching();
      undo.destroy();
    },
  };
  return copy;
}

const nothing = new Uint8Array([0, 0]);

/** Whether an update is news, under client ids alone of which the document has nothing. */
function isOfNewClient(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  if (structs.some(({ id }) => doc.store.clients.has(id.client))) return false;
  const isThere = (client: number, clock: number) =>
    clock < Y.getState(doc.store, client) &&
    !Y.getItem(doc.store, Y.createID(client, clock)).deleted;
  return (
    structs.length > 0 ||
    [...ds.clients].some(([client, runs]) => runs.some(({ clock }) => isThere(client, clock)))
  );
}

/** Undo of local edits and of those that were requested of the server: each named edit is a step of its own, neighbours of one group and typing are one step. */
export function createUndo(doc: Y.Doc, origin: object) {
  const undo = new Y.UndoManager(Object.values(draftParts(doc)), {
    trackedOrigins: new Set([origin, RequestedOrigin]),
    captureTimeout: typingPauseMs,
    // What a step was called stays known: others may have written by it meanwhile.
    deleteFilter: ({ parentSub }) => parentSub === null || !isFormerKey(parentSub),
  });
  undo.on('stack-item-added', () => {
    if (undo.undoStack.length > undoSteps) undo.undoStack.shift();
  });
  let last: string | undefined;
  const onEdit = (group: string | undefined) => {
    if (group === undefined || group !== last) undo.stopCapturing();
    last = group;
  };
  return { undo, onEdit };
}
