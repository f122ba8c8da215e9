import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import type { Change } from '@/lib/history/bursts';
import { catalogue } from '@/lib/nodes/catalogue';
import type { DraftLock } from '@/lib/realtime/messages';
import { type Draft, draftParts, readDraft, writeDraft } from '@/lib/workflows/draft';
import type { Definition } from '@/lib/workflows/schema';
import { type Touched, touchedBy } from '@/lib/workflows/touched';
import type { Bus } from '@/server/bus/bus';
import type { Log } from '@/server/log';
import { createDraftAppender, type NewUpdate } from './draft-append';
import { applyRows, type DraftRows } from './draft-rows';
import * as sql from './draft-sql';
import { lockedBy } from './locks/locked-by';
import { activeLocks } from './locks/store';

export type DraftStore = {
  /**
   * Everything stored after `after` (0: all), oldest first, without what is quarantined; undefined when there is no
   * draft or its workflow was deleted. A compaction since then brings the whole state instead.
   */
  load(workflowId: string, after?: number): Promise<DraftRows | undefined>;
  /** Stores an update; resolves with its number when it is committed. Throws `not_found`. */
  append(update: NewUpdate): Promise<number>;
  /**
   * Replaces all updates up to a number by a state that holds them, and keeps who changed what. A newer compaction
   * stays.
   */
  compact(workflowId: string, compaction: sql.Compaction): Promise<void>;
  /** The draft, and what was changed since its last compaction, oldest first. Throws `not_found`. */
  replay(workflowId: string): Promise<Replayed>;
  /** Locks that hold now, by workflow. */
  locks(workflowIds: readonly string[]): Promise<Map<string, DraftLock[]>>;
  /** The number of the last update of each of these drafts. */
  numbers(workflowIds: readonly string[]): Promise<Map<string, number>>;
  /** Sets an update aside that cannot be applied: no load gives it any more. */
  quarantine(workflowId: string, seq: number): Promise<void>;
  /** A Yjs client id that nobody had in this draft, remembered as this person's (or the product's own). */
  issueClientId(workflowId: string, userId: string | null): Promise<number>;
  ownsClientId(workflowId: string, clientId: number, userId: string): Promise<boolean>;
  /** Makes the draft of a new workflow; inside the caller's transaction when given its client. */
  create(workflowId: string, definition: Definition, client?: PoolClient): Promise<void>;
  /**
   * The draft as it stands. With `including` (a Yjs state vector), waits up to 5 s until it holds that much, and
   * throws `conflict` when it does not. Throws `not_found`.
   */
  read(workflowId: string, options?: { including?: Uint8Array }): Promise<Definition>;
  /** A document with everything that is stored, for trying things on. Throws `not_found`. */
  copy(workflowId: string): Promise<Y.Doc>;
  /**
   * Edits the draft from outside a browser: `change` gets it as it stands, and what it changes is stored as one
   * update, which open editors see at once. Gives the draft after it. Throws `not_found`, and `locked` where it
   * touches what another has locked.
   */
  edit(
    workflowId: string,
    by: { userId: string | null; origin?: string },
    change: (draft: Draft) => void,
  ): Promise<Definition>;
  /**
   * Brings the workflow's row up to date with its draft: name, description, time of change. Gives the workspace;
   * undefined when the workflow is gone.
   */
  touch(
    workflowId: string,
    meta: { name: string; description: string },
  ): Promise<string | undefined>;
};

/** A draft as it stands, with what was changed since its last compaction. */
export type Replayed = { doc: Y.Doc; seq: number; changes: Change[] };

const waitForClientMs = 5_000;
/** Updates after which an edit from outside a browser compacts first. */
const compactAfter = 200;

/** The one place that knows how drafts are stored. */
export function createDraftStore(parts: { pool: Pool; bus: Bus; log: Log }): DraftStore {
  const { pool, bus, log } = parts;
  const append = createDraftAppender(pool);
  /** What nobody has open is compacted by whoever edits it. */
  const fold = ({ doc, seq, changes }: Replayed, workflowId: string) =>
    sql
      .compact(pool, workflowId, {
        state: Y.encodeStateAsUpdate(doc),
        seq,
        touched: new Map(changes.map((change) => [change.seq, change.touched])),
      })
      .catch((error: unknown) => log.warn({ err: error, workflowId }, 'a draft was not compacted'));
  const store: DraftStore = {
    append,
    load: (workflowId, after = 0) => sql.load(pool, workflowId, after),
    compact: (workflowId, compaction) => sql.compact(pool, workflowId, compaction),
    locks: (workflowIds) => activeLocks(pool, workflowIds),
    numbers: (workflowIds) => sql.numbers(pool, workflowIds),
    replay: (workflowId) => replay(store, workflowId),
    async quarantine(workflowId, seq) {
      log.error({ workflowId, seq }, 'a stored draft update cannot be applied and is set aside');
      await sql.quarantine(pool, workflowId, seq);
    },
    issueClientId: (workflowId, userId) => issueClientId(pool, workflowId, userId),
    ownsClientId: (workflowId, clientId, userId) =>
      sql.ownsClientId(pool, workflowId, clientId, userId),
    async create(workflowId, definition, client) {
      const doc = new Y.Doc();
      writeDraft({ doc, catalogue, origin: 'create' }, definition);
      await sql.insertDraft(client ?? pool, workflowId, Y.encodeStateAsUpdate(doc), doc.clientID);
    },
    async read(workflowId, options) {
      const doc = await docOf(store, workflowId);
      if (options?.including) await waitFor(store, workflowId, doc, options.including);
      return readDraft(doc, catalogue);
    },
    copy: (workflowId) => docOf(store, workflowId),
    async edit(workflowId, by, change) {
      const replayed = await replay(store, workflowId);
      const { doc } = replayed;
      if (replayed.changes.length >= compactAfter) await fold(replayed, workflowId);
      doc.clientID = await issueClientId(pool, workflowId, by.userId);
      const updates: Uint8Array[] = [];
      doc.on('update', (update: Uint8Array) => updates.push(update));
      const touched = new Set<string>();
      doc.on('afterTransaction', (transaction: Y.Transaction) => {
        for (const element of Object.keys(touchedBy(transaction))) touched.add(element);
      });
      change({ doc, catalogue, origin: by.userId ?? 'ensemble' });
      const after = readDraft(doc, catalogue);
      if (updates.length === 0) return after;
      const locks = (await store.locks([workflowId])).get(workflowId) ?? [];
      const locked = lockedBy(doc, locks, by.userId, touched);
      if (locked !== undefined) throw new AppError('locked', locked);
      const data = Y.mergeUpdates(updates);
      const origin = by.origin ?? 'api';
      const seq = await append({ workflowId, data, userId: by.userId, origin });
      bus.publish(`draft:${workflowId}`, {
        seq,
        update: Buffer.from(data).toString('base64'),
        by: 'store',
        userId: by.userId,
        origin,
        at: Date.now(),
      });
      await store.touch(workflowId, after);
      return after;
    },
    touch: (workflowId, meta) => sql.touch(pool, workflowId, meta),
  };
  return store;
}

/** A document with everything that is stored. A row that cannot be applied is set aside, and the rest is kept. */
async function docOf(store: DraftStore, workflowId: string): Promise<Y.Doc> {
  return (await replay(store, workflowId)).doc;
}

async function replay(store: DraftStore, workflowId: string): Promise<Replayed> {
  for (;;) {
    const found = await store.load(workflowId);
    if (!found) throw noDraft();
    const doc = new Y.Doc();
    draftParts(doc);
    let touched: Touched = {};
    const listener = (transaction: Y.Transaction) => {
      touched = touchedBy(transaction);
    };
    doc.on('afterTransaction', listener);
    const changes: Change[] = [];
    const broken = applyRows(doc, found.rows, ({ seq, userId, origin, at, state }) => {
      if (!state) changes.push({ seq, userId, origin, at, touched });
      touched = {};
    });
    doc.off('afterTransaction', listener);
    if (broken === undefined) return { doc, seq: found.seq, changes };
    await store.quarantine(workflowId, broken);
  }
}

async function waitFor(
  store: DraftStore,
  workflowId: string,
  doc: Y.Doc,
  wanted: Uint8Array,
): Promise<void> {
  const vector = decodeVector(wanted);
  const until = Date.now() + waitForClientMs;
  const lacks = () => [...vector].some(([client, clock]) => Y.getState(doc.store, client) < clock);
  while (lacks()) {
    if (Date.now() > until) {
      throw new AppError(
        'conflict',
        'Your last edits have not arrived yet. Wait until they are saved, then try again.',
      );
    }
    await sleep(50);
    applyRows(doc, (await store.load(workflowId))?.rows ?? []);
  }
}

function decodeVector(bytes: Uint8Array): Map<number, number> {
  try {
    return Y.decodeStateVector(bytes);
  } catch {
    throw new AppError('invalid_input', 'stateVector is not a Yjs state vector.');
  }
}

async function issueClientId(
  pool: Pool,
  workflowId: string,
  userId: string | null,
): Promise<number> {
  for (;;) {
    const clientId = randomInt(1, 2 ** 32);
    const issued = await sql.insertClientId(pool, workflowId, clientId, userId);
    if (issued === 'issued') return clientId;
    if (issued === 'no-draft') throw noDraft();
  }
}

const noDraft = () => new AppError('not_found', 'There is no such workflow.');
