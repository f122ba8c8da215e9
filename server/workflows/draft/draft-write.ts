import type { Pool, PoolClient } from 'pg';
import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import { catalogue } from '@/lib/nodes/catalogue';
import type { AuthoredChange, AuthoredUpdate } from '@/lib/workflows/changes/authored-update';
import { onChangedPaths } from '@/lib/workflows/changes/changed-paths';
import { type Draft, readDraft } from '@/lib/workflows/draft/draft';
import { searchableOf } from '@/lib/workflows/draft/searchable';
import { repairDraft, tellRepairs } from '@/lib/workflows/repair/repair';
import type { Definition } from '@/lib/workflows/schema';
import type { Bus } from '@/server/bus/bus';
import { CommitUncertain, transaction } from '@/server/db/transaction';
import { lockedBy } from '../locks/locked-by';
import { activeLocks } from '../locks/store';
import { fullDraft, maxDraftBytes, overLimit } from './draft-limits';
import { applyRows } from './draft-rows';
import * as sql from './draft-sql';

/** Who writes. `source` is `api` unless said. Nobody (`null`) is the product itself, whom no lock stops. */
export type Writer = { userId: string | null; source?: string };

export type WriteOptions = {
  /** Writes only a draft that has one of these numbers. */
  ifNumber?: readonly number[] | undefined;
  /**
   * Statements that are committed together with the edit, also when it changes nothing; what it throws undoes both. It may
   * run again after a deadlock, so it must do nothing outside the database.
   */
  alongside?: (client: PoolClient, written: Written) => Promise<void>;
};

export type Written = {
  definition: Definition;
  /** The draft's number: that of its last update. */
  number: number;
  /** What had to be repaired for the draft to keep its rules, for people. */
  repaired?: { text: string; nodeIds: string[] };
};

/** A draft as it stands, with what was changed since its last compaction. */
export type Replayed = { doc: Y.Doc; seq: number; changes: AuthoredChange[] };

export type WriteNeeds = {
  pool: Pool;
  bus: Bus;
  replay(workflowId: string): Promise<Replayed>;
  issueClientId(workflowId: string, userId: string | null): Promise<number>;
  quarantine(workflowId: string, seq: number): Promise<void>;
};

/** A stored update that cannot be applied. */
class BrokenRow extends Error {
  readonly seq: number;
  constructor(seq: number) {
    super(`the draft update ${seq} cannot be applied`);
    this.seq = seq;
  }
}

/**
 * Writes a draft from outside a browser while nobody else can write it, in any process: `change` gets the newest state,
 * and what it makes of it is repaired where it breaks a rule of the graph, checked against limits and locks, and stored
 * as one update. Whatever throws leaves the draft as it was. Open editors see it at once.
 * Throws `not_found`, `conflict` with the draft's number for another `ifNumber`, `locked`, `too_large`.
 */
export async function writeDraftExclusively(
  needs: WriteNeeds,
  workflowId: string,
  by: Writer,
  change: (draft: Draft) => void,
  options: WriteOptions = {},
): Promise<Written> {
  const clientId = await needs.issueClientId(workflowId, by.userId);
  for (;;) {
    try {
      return await write(needs, { workflowId, by, clientId, change, options });
    } catch (error) {
      if (!(error instanceof BrokenRow)) throw error;
      await needs.quarantine(workflowId, error.seq);
    }
  }
}

type Work = {
  workflowId: string;
  by: Writer;
  clientId: number;
  change: (draft: Draft) => void;
  options: WriteOptions;
};

async function write(needs: WriteNeeds, work: Work): Promise<Written> {
  const { workflowId, by, clientId } = work;
  // Read before the row is locked, so that under the lock only the newest updates are left to read.
  let read: Replayed | undefined = await needs.replay(workflowId);
  let made: { written: Written; data: Uint8Array | undefined } | undefined;
  try {
    made = await transaction(needs.pool, async (client) => {
      const base = read ?? (await needs.replay(workflowId));
      read = undefined;
      made = await writeHeld(client, base, work);
      return made;
    });
  } catch (error) {
    if (!CommitUncertain.isInstance(error) || !made) throw error;
    if (made.data !== undefined && !(await isStored(needs, workflowId, clientId))) throw error;
  }
  const { written, data } = made;
  if (data !== undefined) {
    needs.bus.publish(`draft:${workflowId}`, {
      seq: written.number,
      update: Buffer.from(data).toString('base64'),
      by: 'store',
      userId: by.userId,
      origin: by.source ?? 'api',
      at: Date.now(),
    });
  }
  return written;
}

async function writeHeld(client: PoolClient, { doc, seq }: Replayed, work: Work) {
  const { workflowId, by, clientId, change, options } = work;
  const held = await sql.holdDraft(client, workflowId);
  if (held === undefined) throw noDraft();
  const { number } = held;
  if (number > seq) {
    const broken = applyRows(doc, (await sql.load(client, workflowId, seq))?.rows ?? []);
    if (broken !== undefined) throw new BrokenRow(broken);
  }
  if (options.ifNumber && !options.ifNumber.includes(number)) throw changedSince(number);
  doc.clientID = clientId;
  const { updates, changed, repaired } = changeDocument(doc, by, change);
  const written: Written = {
    definition: readDraft(doc, catalogue),
    number: updates.length === 0 ? number : number + 1,
    ...(repaired ? { repaired } : {}),
  };
  const data = updates.length === 0 ? undefined : Y.mergeUpdates(updates);
  if (data !== undefined) {
    const locks = (await activeLocks(client, [workflowId])).get(workflowId) ?? [];
    const locked = by.userId === null ? undefined : lockedBy(doc, locks, by.userId, changed);
    if (locked !== undefined) throw new AppError('locked', locked);
    const full = held.bytes + data.byteLength > maxDraftBytes ? fullDraft : undefined;
    const limit = full ?? overLimit(doc, changed);
    if (limit !== undefined) throw new AppError('too_large', limit);
    const edit: Omit<AuthoredUpdate, 'at'> = {
      ...{ data, userId: by.userId, source: by.source ?? 'api' },
    };
    await sql.insertUpdate(client, workflowId, written.number, edit);
    await sql.touch(client, workflowId, searchableOf(written.definition));
  }
  await options.alongside?.(client, written);
  return { written, data };
}

/** Changes a document and repairs it. `changed`: the elements that the change itself changed, as `<part>/<id>`. */
function changeDocument(doc: Y.Doc, by: Writer, change: (draft: Draft) => void) {
  const updates: Uint8Array[] = [];
  const changed = new Set<string>();
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const stop = onChangedPaths(doc, (changedPaths) => {
    for (const element of Object.keys(changedPaths)) changed.add(element);
  });
  const draft = { doc, catalogue, origin: by.userId ?? 'ensemble', texts: 'replace' } as const;
  change(draft);
  stop();
  const repaired = tellRepairs(doc, repairDraft(draft));
  return { updates, changed, repaired };
}

/** Whether an update under this client id, which only one write uses, was committed. */
async function isStored(needs: WriteNeeds, workflowId: string, clientId: number) {
  const { doc } = await needs.replay(workflowId);
  return Y.getState(doc.store, clientId) > 0;
}

export const noDraft = () => new AppError('not_found', 'This workflow does not exist.');

const changedSince = (draftNumber: number) =>
  new AppError(
    'conflict',
    `The draft was changed: its number is now ${draftNumber}. Nothing was written. Read it again, then send your change with the new number.`,
    { draftNumber },
  );
