import type { Pool } from 'pg';
import { isAppError } from '@/lib/api/errors';
import type { MemoryAnswer, MemoryCall, Remembered } from '@/lib/memory/calls';
import type { Expect } from '@/lib/memory/decide-write';
import { type Author, type MemoryHit, valueProblem } from '@/lib/memory/schema';
import { readSpace, type SpaceKind, type SpaceRef, spaceKey } from '@/lib/memory/space';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { isJson } from '@/lib/values/is-json';
import { at } from '@/lib/values/unknown';
import type { Services } from '@/server/services';
import { type EntryRecord, entriesAfter, findEntries } from './entry-store';
import { findSpace, ownSpace, spaceToWrite } from './find-space';
import { callLock } from './locks/call-lock';
import { pathOf } from './path-of';
import { runOf } from './run-store';
import { findInMemory } from './search-memory';
import { tellMemory } from './tell';
import type { Who } from './who';
import { removeEntry, writeEntry } from './write-entry';

/** Who asks: a step of a run, or an agent within it. `key`: the same for every attempt. */
export type Asking = { workspaceId: string; author: Author & { kind: 'run' }; key: string };

const nothing: MemoryAnswer = { found: false, entries: [] };

/**
 * What a step or an agent asks of memory. What it writes is committed with a note under `key`: another attempt finds that
 * and writes nothing again. Throws `StepError`, of which only `memory_busy` goes away by itself.
 */
export async function callMemory(
  { pool, bus, embedder }: Pick<Services, 'pool' | 'bus' | 'embedder'>,
  { workspaceId, author, key }: Asking,
  call: MemoryCall,
): Promise<MemoryAnswer> {
  try {
    const run = await runOf(pool, workspaceId, author.runId);
    const personId = run?.startedBy ?? undefined;
    const owner = `run:${run?.rootId ?? author.runId}`;
    const who: Who = {
      ...{ workspaceId, author, owner },
      ...(personId === undefined ? {} : { personId }),
    };
    const space = spaceOf(call.space, run);
    if (call.do === 'put' || call.do === 'delete') {
      const { id, answer } = await change({ pool, who, space, key }, call);
      tellMemory(bus, { workspaceId, id });
      return answer;
    }
    if (call.do === 'lock' || call.do === 'unlock') {
      const runId = run?.rootId ?? author.runId;
      const { id, answer } = await callLock(pool, who, { asked: space, runId }, call);
      tellMemory(bus, { workspaceId, id });
      return answer;
    }
    return await read({ pool, embedder }, who, space, call);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const codes: Partial<Record<typeof error.code, string>> = {
      conflict: 'memory_conflict',
      locked: 'memory_locked',
      not_found: 'memory_missing',
      unavailable: 'memory_busy',
    };
    throw new StepError(codes[error.code] ?? 'memory_refused', error.message, {
      // A lock is held for a while, and what waits in a circle goes on when one of them gives way.
      retryable:
        ['unavailable', 'locked'].includes(error.code) || at(error.details, 'reason') !== undefined,
      noEffect: true,
    });
  }
}

type Run = Awaited<ReturnType<typeof runOf>>;

/** The space that is meant: without a name that of the run's workflow, chat or person. */
function spaceOf({ kind, name }: MemoryCall['space'], run: Run): SpaceRef {
  const own: Partial<Record<SpaceKind, string | null>> = {
    workflow: run?.workflowId ?? null,
    thread: run?.threadId ?? null,
    person: run?.startedBy ?? null,
  };
  const given = name?.trim() || own[kind] || '';
  if (given === '' && kind !== 'workspace') throw new StepError('memory_missing', missing[kind]);
  const read = readSpace(spaceKey({ kind, name: given }));
  if (read.ok) return read.space;
  throw new StepError('memory_missing', `The memory "${given}" ${read.problem}.`);
}

const missing = {
  workspace: '',
  team: 'Name the memory that is meant.',
  agent: 'Name the agent whose memory is meant, by its handle.',
  workflow: 'This run belongs to no workflow that has a memory.',
  thread: 'This run belongs to no chat. Choose another memory, or start the workflow from a chat.',
  person: 'Nobody started this run, so that there is no personal memory. Choose another one.',
} as const;

type Place = { pool: Pool; who: Who; space: SpaceRef; key: string };

async function change(
  { pool, who, space: asked, key }: Place,
  call: Extract<MemoryCall, { do: 'put' | 'delete' }>,
): Promise<{ id: string; answer: MemoryAnswer }> {
  const path = pathOf(call.path);
  const space = await spaceToWrite(pool, who, asked);
  const entryNow = async () => (await findEntries(pool, space, [path])).get(path);
  if (call.do === 'delete') {
    const there = await entryNow();
    // What is not there is forgotten already: an attempt that comes later has nothing to complain about.
    if (there === undefined || there.deleted || there.expired)
      return { id: space.id, answer: nothing };
    const { before } = await removeEntry(pool, who, space, { path, key });
    const answer: MemoryAnswer = { ...nothing, outcome: 'deleted', ...(before ? { before } : {}) };
    return { id: space.id, answer };
  }
  const { value, strategy, expect, expiresInSeconds, token } = call;
  const problem = valueProblem(value);
  if (problem !== undefined || !isJson(value)) {
    throw new StepError(
      'invalid_value',
      `The value ${problem ?? 'is no JSON'}. Nothing was written.`,
    );
  }
  const write = { path, value, strategy, key, expiresInSeconds, expect: expectOf(expect), token };
  const { outcome, before } = await writeEntry(pool, who, space, write);
  const entry = await entryNow();
  const shown = entry === undefined || entry.deleted ? {} : { entry: remembered(entry) };
  return {
    id: space.id,
    answer: { found: true, entries: [], outcome, ...shown, ...(before ? { before } : {}) },
  };
}

const expectOf = (expect: Expect | undefined) => (expect === 0 ? ('absent' as const) : expect);

async function read(
  { pool, embedder }: Pick<Services, 'pool' | 'embedder'>,
  who: Who,
  asked: SpaceRef,
  call: Exclude<MemoryCall, { do: 'put' | 'delete' | 'lock' | 'unlock' }>,
): Promise<MemoryAnswer> {
  if (call.do === 'search') {
    const keys = [spaceKey(ownSpace(who, asked))];
    const { q, limit, by = 'both' } = call;
    const { hits } = await findInMemory({ pool, embedder }, who, { q, keys, limit, by });
    return answerOf(hits.map(ofHit));
  }
  const space = await findSpace(pool, who, asked);
  if (space === undefined) return nothing;
  if (call.do === 'get') {
    const entry = (await findEntries(pool, space, [pathOf(call.path)])).values().next().value;
    return entry === undefined || entry.deleted || entry.expired
      ? nothing
      : answerOf([remembered(entry)]);
  }
  const under = call.under.trim() === '' ? '' : pathOf(call.under);
  const found = await entriesAfter(pool, space, { under, after: '', limit: call.limit });
  return answerOf(found.slice(0, call.limit).map(remembered));
}

const answerOf = (entries: MemoryAnswer['entries']): MemoryAnswer => ({
  ...{ found: entries.length > 0, entries },
  ...(entries[0] === undefined ? {} : { entry: entries[0] }),
});

const remembered = ({ path, value, version, updatedAt, author }: EntryRecord): Remembered => ({
  ...{ path, value, version, author, updatedAt: updatedAt.toISOString() },
});

const ofHit = ({ path, value, version, updatedAt, author, why }: MemoryHit) => ({
  ...{ path, value, version, updatedAt, author, why },
});
