import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { DraftLock } from '@/lib/realtime/messages';
import type { AuthoredChange } from '@/lib/workflows/changes/authored-update';
import { type ChangedPaths, onChangedPaths } from '@/lib/workflows/changes/changed-paths';
import { type Draft, readDraft, writeDraft } from '@/lib/workflows/draft/draft';
import type { Searchable } from '@/lib/workflows/draft/searchable';
import type { Definition } from '@/lib/workflows/schema';
import type { Bus } from '@/server/bus/bus';
import type { Log } from '@/server/log';
import { activeLocks } from '../locks/store';
import { createConditionalAppender, createDraftAppender, type NewUpdate } from './draft-append';
import { applyRows, type DraftRows } from './draft-rows';
import * as sql from './draft-sql';
import {
  noDraft,
  type Replayed,
  type WriteNeeds,
  type WriteOptions,
  type Writer,
  type Written,
  writeDraftExclusively,
} from './draft-write';

export type DraftStore = {
  /**
   * Everything stored after `after` (0: all), oldest first, without what is quarantined; undefined when there is no
   * draft or its workflow was deleted. A compaction since then brings the whole state instead.
   */
  load(workflowId: string, after?: number): Promise<DraftRows | undefined>;
  /** Stores an update; resolves with its number when it is committed. Throws `not_found`. */
  append(update: NewUpdate): Promise<number>;
  /**
   * The same, only where `after` is the number of the draft's last update: undefined when others have written since.
   */
  appendAt(update: NewUpdate, after: number): Promise<number | undefined>;
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
  /** Those of the client ids that were issued to this person. */
  ownedClientIds(
    workflowId: string,
    clientIds: readonly number[],
    userId: string,
  ): Promise<Set<number>>;
  /** Makes the draft of a new workflow; inside the caller's transaction when given its client. */
  create(workflowId: string, definition: Definition, client?: PoolClient): Promise<void>;
  /**
   * The draft as it stands. With `including` (a Yjs state vector), waits up to 5 s until it holds that much, and
   * throws `conflict` when it does not. Throws `not_found`.
   */
  read(workflowId: string, options?: { including?: Uint8Array }): Promise<Definition>;
  /** The draft as it stands, and the number of its last update. Throws `not_found`. */
  readNumbered(workflowId: string): Promise<Pick<Written, 'definition' | 'number'>>;
  /** A document with everything that is stored, for trying things on. Throws `not_found`. */
  copy(workflowId: string): Promise<Y.Doc>;
  /** Edits the draft from outside a browser; see {@link writeDraftExclusively}. */
  edit(
    workflowId: string,
    by: Writer,
    change: (draft: Draft) => void,
    options?: WriteOptions,
  ): Promise<Written>;
  /** Repairs what edits that met left against the rules of the graph, in the name of the product. */
  repair(workflowId: string): Promise<Written>;
  /**
   * Brings the workflow's row up to date with its draft: name, description, names of steps, time of change. Gives the workspace;
   * undefined when the workflow is gone.
   */
  touch(workflowId: string, to: Searchable): Promise<string | undefined>;
};

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
        changedPaths: new Map(changes.map((change) => [change.seq, change.changedPaths])),
      })
      .catch((error: unknown) => log.warn({ err: error, workflowId }, 'a draft was not compacted'));
  const replayed = async (workflowId: string) => {
    const found = await replay(store, workflowId);
    if (found.changes.length >= compactAfter) await fold(found, workflowId);
    return found;
  };
  const writing: WriteNeeds = {
    pool,
    bus,
    replay: replayed,
    issueClientId: (workflowId, userId) => issueClientId(pool, workflowId, userId),
    quarantine: (workflowId, seq) => store.quarantine(workflowId, seq),
  };
  const store: DraftStore = {
    append,
    appendAt: createConditionalAppender(pool),
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
    ownedClientIds: (workflowId, clientIds, userId) =>
      sql.ownedClientIds(pool, workflowId, clientIds, userId),
    async create(workflowId, definition, client) {
      const doc = new Y.Doc();
      writeDraft({ doc, catalogue, origin: 'create' }, definition);
      await sql.insertDraft(client ?? pool, workflowId, Y.encodeStateAsUpdate(doc), doc.clientID);
    },
    async read(workflowId, options) {
      const found = await replay(store, workflowId);
      if (options?.including) await waitFor(store, workflowId, found, options.including);
      return readDraft(found.doc, catalogue);
    },
    async readNumbered(workflowId) {
      const { doc, seq } = await replay(store, workflowId);
      return { definition: readDraft(doc, catalogue), number: seq };
    },
    copy: async (workflowId) => (await replay(store, workflowId)).doc,
    edit: (workflowId, by, change, options) =>
      writeDraftExclusively(writing, workflowId, by, change, options),
    repair: (workflowId) =>
      writeDraftExclusively(
        writing,
        workflowId,
        { userId: null, source: 'repair' },
        () => undefined,
      ),
    touch: (workflowId, to) => sql.touch(pool, workflowId, to),
  };
  return store;
}

/** A document with everything that is stored. A row that cannot be applied is set aside, and the rest is kept. */
async function replay(store: DraftStore, workflowId: string): Promise<Replayed> {
  for (;;) {
    const found = await store.load(workflowId);
    if (!found) throw noDraft();
    const doc = new Y.Doc();
    let last: ChangedPaths = {};
    const stop = onChangedPaths(doc, (changedPaths) => {
      last = changedPaths;
    });
    const changes: AuthoredChange[] = [];
    const broken = applyRows(doc, found.rows, ({ seq, userId, source, at, state }) => {
      if (!state) changes.push({ seq, userId, source, at, changedPaths: last });
      last = {};
    });
    stop();
    if (broken === undefined) return { doc, seq: found.seq, changes };
    await store.quarantine(workflowId, broken);
  }
}

async function waitFor(
  store: DraftStore,
  workflowId: string,
  { doc, seq: read }: { doc: Y.Doc; seq: number },
  wanted: Uint8Array,
): Promise<void> {
  const vector = decodeVector(wanted);
  const until = Date.now() + waitForClientMs;
  const lacks = () => [...vector].some(([client, clock]) => Y.getState(doc.store, client) < clock);
  let seq = read;
  while (lacks()) {
    if (Date.now() > until) {
      throw new AppError(
        'conflict',
        'Your latest edits are not saved yet. Wait a moment, then try again.',
      );
    }
    await sleep(50);
    // The number costs little to read; the rows are read only when there is something new.
    const now = (await store.numbers([workflowId])).get(workflowId) ?? 0;
    if (now === seq) continue;
    const found = await store.load(workflowId, seq);
    applyRows(doc, found?.rows ?? []);
    seq = found?.seq ?? now;
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
