import * as Y from 'yjs';
import { AppError } from '@/lib/api/errors';
import { type AgentEdit, maxRounds } from '@/lib/canvas-turns/agent-edit';
import { type MadeEdit, makeAgentEdit } from '@/lib/canvas-turns/make-edit';
import { problemLine } from '@/lib/from-words/model/question';
import { catalogue } from '@/lib/nodes/catalogue';
import { carryBefore, changesBetween } from '@/lib/suggestions/changes';
import { firstHeldClientId, suggestionLimits } from '@/lib/suggestions/schema';
import { type Draft, readDraft } from '@/lib/workflows/draft/draft';
import type { Definition, Problem } from '@/lib/workflows/schema';
import { transaction } from '@/server/db/transaction';
import { uuidOf } from '@/server/db/uuid-of';
import type { Services } from '@/server/services';
import { problemsOf } from '@/server/workflows/view-workflow';
import { tryHeld } from '../held-update';
import { countUndecided, insertSuggestion, type Turn } from '../store';
import { handsOffIn } from './hands-off';
import { keepTurn, suggestionOfRun, type TurnRow } from './turn-store';

type Needs = Pick<Services, 'pool' | 'bus' | 'drafts' | 'computation'>;

/** Whose turn it is: the run, the agent, and the person who asked. */
export type OfTurn = {
  workspaceId: string;
  workflowId: string;
  runId: string;
  userId: string;
  agent: { handle: string; name: string };
  title: string;
};
export type Wanted = {
  /** The same for every attempt of the call. */
  key: string;
  edits(now: Definition): { edits: AgentEdit[] };
  /** Told of each edit that is made, once it is committed. */
  placed(edit: Extract<MadeEdit, { ok: true }>): void;
};
export type Changed = {
  made: string[];
  refused: string[];
  /** Problems that the draft does not have. */
  problems: string[];
  changes: number;
};

/**
 * Makes an agent's edits on its fork of the draft, each whole or not at all; the draft stays as it is. Everybody sees what is
 * committed. Made again under the same key it changes nothing. Throws `already_finished` when the turn is over, `conflict`
 * after too many rounds with problems, `not_found` for a workflow that is gone.
 */
export async function changeInTurn(services: Needs, of: OfTurn, wanted: Wanted): Promise<Changed> {
  const { workflowId } = of;
  const made: string[] = [];
  const refused: string[] = [];
  const { row } = await forkOf(services, of);
  // What rules make of a message follows from the draft alone: another attempt makes the same of it.
  const now = await services.drafts.read(workflowId);
  const { edits } = row?.turn.calls.includes(wanted.key) ? { edits: [] } : wanted.edits(now);
  for (const [at, edit] of edits.entries()) {
    const done = await makeOne(services, of, { edit, key: `${wanted.key} ${at}` });
    if (done === undefined) continue;
    if (!done.ok) {
      refused.push(`${edit.edit} ${edit.step}: ${done.why}`);
      continue;
    }
    made.push(done.says);
    services.bus.publish(`workspace:${of.workspaceId}`, { kind: 'suggestion', id: workflowId });
    wanted.placed(done);
  }
  return { made, refused, ...(await endRound(services, of, wanted.key)) };
}

type Fork = { doc: Y.Doc; row: TurnRow | undefined };

/** The draft as it stands, with what the agent has made so far. */
async function forkOf(services: Needs, of: OfTurn): Promise<Fork> {
  const [doc, row] = await Promise.all([
    services.drafts.copy(of.workflowId),
    suggestionOfRun(services.pool, of),
  ]);
  checkMaking(row);
  if (row) Y.applyUpdate(doc, row.update);
  return { doc, row };
}

/** Makes one edit and commits it; undefined where it is there already. */
async function makeOne(
  services: Needs,
  of: OfTurn,
  { edit, key }: { edit: AgentEdit; key: string },
): Promise<MadeEdit | undefined> {
  const { drafts, pool } = services;
  const [{ doc, changes: recent }, locks] = await Promise.all([
    drafts.replay(of.workflowId),
    drafts.locks([of.workflowId]),
  ]);
  const base = Y.encodeStateAsUpdate(doc);
  const handsOff = await handsOffIn(services, {
    ...{ doc, recent, locks: locks.get(of.workflowId) ?? [], now: Date.now() },
  });
  return transaction(pool, async (client) => {
    const row = await suggestionOfRun(client, of, true);
    checkMaking(row);
    if (row?.turn.calls.includes(key)) return undefined;
    const turn: Turn = row?.turn ?? { ...of.agent, calls: [], rounds: 0 };
    const fork = docOf(base, row?.update);
    const held: Uint8Array[] = row ? [row.update] : [];
    fork.on('update', (update: Uint8Array) => held.push(update));
    fork.clientID = heldIdOf(of.runId);
    const draft: Draft = { doc: fork, catalogue, origin: 'agent' };
    const idOf = (what: string) => uuidOf(JSON.stringify([of.runId, key, what]));
    const made = makeAgentEdit({ draft, types: catalogue, idOf, handsOff }, edit);
    if (!made.ok) return made;
    const update = Y.mergeUpdates(held);
    if (update.byteLength > suggestionLimits.update) {
      return { ok: false, why: 'The suggestion would become too large. Make fewer changes.' };
    }
    const { now, merged } = tryHeld(update, docOf(base));
    const changes = carryBefore(row?.changes ?? [], changesBetween(now, merged));
    const kept = { changes, update, turn: { ...turn, calls: [...turn.calls, key].slice(-500) } };
    if (row) await keepTurn(client, row.id, kept);
    else await begin(client, of, kept);
    return made;
  });
}

async function begin(
  client: Parameters<typeof insertSuggestion>[0],
  { workspaceId, workflowId, runId, userId, title }: OfTurn,
  kept: Parameters<typeof keepTurn>[2],
): Promise<void> {
  if ((await countUndecided(client, workflowId)) >= suggestionLimits.open) {
    throw new AppError('conflict', 'This workflow has too many open suggestions.');
  }
  await insertSuggestion(client, {
    ...{ workspaceId, workflowId, title, note: '', status: 'making', origin: 'agent' },
    ...{ authorId: userId, runId, ...kept },
  });
}

/** What is wrong now that was not before, and whether the agent may go on. */
async function endRound(
  services: Needs,
  of: OfTurn,
  key: string,
): Promise<Pick<Changed, 'problems' | 'changes'>> {
  const { doc, row } = await forkOf(services, of);
  if (!row) return { problems: [], changes: 0 };
  const before = await services.drafts.read(of.workflowId);
  const problems = await newProblems(services, of, before, readDraft(doc, catalogue));
  await transaction(services.pool, async (client) => {
    const now = await suggestionOfRun(client, of, true);
    if (now?.status !== 'making' || now.turn.calls.includes(key)) return;
    const rounds = problems.length === 0 ? 0 : now.turn.rounds + 1;
    await keepTurn(client, now.id, {
      ...{ changes: now.changes, update: now.update },
      turn: { ...now.turn, rounds, calls: [...now.turn.calls, key] },
    });
  });
  return { problems, changes: row.changes.length };
}

/** Problems of a fork that its draft has not, as lines that say what would mend them. */
export async function newProblems(
  services: Needs,
  { workspaceId, workflowId }: Pick<OfTurn, 'workspaceId' | 'workflowId'>,
  before: Definition,
  after: Definition,
): Promise<string[]> {
  const [old, now] = await Promise.all([
    problemsOf(services, { workspaceId }, before, workflowId),
    problemsOf(services, { workspaceId }, after, workflowId),
  ]);
  const known = new Set(old.map(nameOf));
  const keys = new Map(after.nodes.map(({ id, key }) => [id, key]));
  return now
    .filter((problem) => problem.severity === 'error' && !known.has(nameOf(problem)))
    .slice(0, 20)
    .map(({ nodeId, ...rest }) =>
      problemLine({ ...rest, ...(nodeId ? { nodeId: keys.get(nodeId) ?? nodeId } : {}) }),
    );
}

const nameOf = ({ code, nodeId, path, message }: Problem) =>
  JSON.stringify([code, nodeId, path, message]);

function checkMaking(row: TurnRow | undefined): void {
  if (row === undefined) return;
  if (row.status !== 'making') {
    throw new AppError('already_finished', 'This turn is over: its suggestion is made.');
  }
  if (row.turn.rounds >= maxRounds) {
    throw new AppError(
      'conflict',
      `There were problems ${maxRounds} times in a row: no further change is taken. Say what is left to do.`,
    );
  }
}

function docOf(...updates: (Uint8Array | undefined)[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) if (update) Y.applyUpdate(doc, update);
  return doc;
}

/** The client id of a run's held-back edits: the same in every attempt, and none that a draft can have. */
export function heldIdOf(runId: string): number {
  const part = Number.parseInt(runId.replaceAll('-', '').slice(-12), 16);
  return firstHeldClientId + part;
}
