import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { draftParts, readDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';
import type { ChangedIds, StoredBase, StoredEdit } from '../stored-edit';
import { type ChangedElements, isNothing, noteChanged, nothingChanged } from '../transplant';

/** Edits that could not be saved, for the person who made them to decide about. */
export type RejectedEdits = {
  id: string;
  userId: string;
  workflowId: string;
  /** When, in milliseconds since 1970. */
  at: number;
  /** How many edits. */
  count: number;
  why: RejectReason;
  /** The draft with the edits in it, as a Yjs update; absent where nobody knows the draft. */
  state?: Uint8Array;
  touched: ChangedIds;
  /** What was typed, where there is no `state`. */
  texts: string[];
};
/** `role`: they may only read; `gone`: no such workflow for them; `locked`; `refused`: the server takes it from nobody. */
export type RejectReason = { code: 'role' | 'gone' | 'locked' | 'refused'; words: string };

export const changedIds = (touched: ChangedElements): ChangedIds => ({
  meta: [...touched.meta],
  nodes: [...touched.nodes],
  edges: [...touched.edges],
  groups: [...touched.groups],
  notes: [...touched.notes],
});

export const changedElements = (ids: ChangedIds): ChangedElements => ({
  meta: new Set(ids.meta),
  nodes: new Set(ids.nodes),
  edges: new Set(ids.edges),
  groups: new Set(ids.groups),
  notes: new Set(ids.notes),
});

export const sizeOfIds = (ids: ChangedIds): number =>
  Object.values(ids).reduce((sum, each) => sum + each.length, 0);

type About = Pick<RejectedEdits, 'userId' | 'workflowId' | 'count' | 'why'>;

/** Makes rejected edits of the changes in a document. */
export function rejectedOfDoc(doc: Y.Doc, touched: ChangedElements, about: About): RejectedEdits {
  return {
    ...stamp(about),
    state: Y.encodeStateAsUpdate(doc),
    touched: changedIds(touched),
    texts: [],
  };
}

/**
 * Makes rejected edits of those on the disk, given what is known of the draft; undefined when they change nothing, as the
 * server has them.
 */
export function rejectedOfOrphaned(
  edits: readonly StoredEdit[],
  bases: readonly StoredBase[],
  about: Omit<About, 'count'>,
): RejectedEdits | undefined {
  const counted = { ...about, count: edits.length };
  const doc = new Y.Doc();
  const touched = nothingChanged();
  draftParts(doc);
  const known = bases.filter(({ state }) => tryApply(doc, state));
  for (const base of known) for (const part of parts) addAll(touched[part], base.touched[part]);
  doc.on('afterTransaction', (transaction: Y.Transaction) =>
    noteChanged(touched, transaction, doc),
  );
  if (known.length === 0 || !edits.every(({ update }) => tryApply(doc, update))) {
    return { ...stamp(counted), touched: changedIds(nothingChanged()), texts: textsOf(edits) };
  }
  return isNothing(touched) ? undefined : rejectedOfDoc(doc, touched, counted);
}

const parts = ['meta', 'nodes', 'edges', 'groups', 'notes'] as const;
function addAll(set: Set<string>, ids: readonly string[]) {
  for (const id of ids) set.add(id);
}

function stamp(about: About) {
  return { ...about, id: crypto.randomUUID(), at: Date.now() };
}

/** Whether a document took an update in. Half of one may be in it otherwise. */
export function tryApply(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, update);
    return doc.store.pendingStructs === null && doc.store.pendingDs === null;
  } catch {
    return false;
  }
}

/** Merges rejected edits with the current draft, which others may have changed since. */
export function mergedWith({ state }: RejectedEdits, now: Y.Doc | undefined): Y.Doc | undefined {
  if (!state) return undefined;
  const doc = new Y.Doc();
  draftParts(doc);
  if (now) Y.applyUpdate(doc, Y.encodeStateAsUpdate(now));
  return tryApply(doc, state) ? doc : undefined;
}

/** The workflow with the edits in it; undefined where nobody knows the draft. */
export function definitionOf(rejection: RejectedEdits): Definition | undefined {
  const doc = mergedWith(rejection, undefined);
  return doc && readDraft(doc, catalogue);
}

/** Finds typed text, whatever field it was typed into. */
function textsOf(edits: readonly StoredEdit[]): string[] {
  const runs: { client: number; end: number; text: string }[] = [];
  for (const { update } of edits) {
    for (const struct of structsOf(update)) {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
      const { client, clock } = struct.id;
      const { str } = struct.content;
      const last = runs.at(-1);
      if (last && last.client === client && last.end === clock) {
        last.text += str;
        last.end += str.length;
      } else runs.push({ client, end: clock + str.length, text: str });
    }
  }
  return runs.map(({ text }) => text);
}

function structsOf(update: Uint8Array) {
  try {
    return Y.decodeUpdate(update).structs;
  } catch {
    return [];
  }
}
