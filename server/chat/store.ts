import { z } from 'zod';
import type { TimeCursor } from '@/lib/api/cursor';
import { answerText } from '@/lib/chat/answer';
import { maxAgents, readAttached } from '@/lib/chat/attached';
import { compactStepId } from '@/lib/chat/compaction/compaction';
import type { Thread } from '@/lib/chat/contract';
import type { AnswerFeedback } from '@/lib/chat/feedback/contract';
import { markKey, readMarks } from '@/lib/chat/marks/mark';
import type { Message } from '@/lib/chat/message';
import { type PanelOutcome, panelOutcomeSchema } from '@/lib/panel/schema';
import { endedStatuses } from '@/lib/runs/engine/readiness';
import { type Call, failureSchema, type RunStatus, runStatuses } from '@/lib/runs/schema';
import { numberOf } from '@/lib/spending/pico';
import { at } from '@/lib/values/unknown';
import type { Prisma as Types } from '@/server/db/generated/client';
import type { Prisma } from '@/server/db/prisma';
import { readCommand } from './commands/read-command';
import { cutOffTexts } from './cut-off-texts';
import { closedBecause, greetingOf, partnerName } from './partner';

/** The client, or a transaction of it. */
export type Db = Types.TransactionClient;

const withPartner = {
  agent: { select: { id: true, name: true, handle: true } },
  workflow: { select: { name: true, deletedAt: true, liveVersion: true } },
  trigger: { select: { id: true, name: true, enabled: true, config: true } },
} as const;
export type ThreadRow = Types.ThreadGetPayload<{ include: typeof withPartner }>;
export type MessageRow = Types.MessageGetPayload<object>;

/** The newest messages that a thread shows. */
const shownMessages = 500;
/** Lines of commands that may follow a turn before its run has begun. */
const maxCommandsBetween = 20;
/** A turn whose run has not appeared after this time was cut off before it began. */
const startMs = 30_000;

export function toThread(row: ThreadRow): Thread {
  return {
    id: row.id,
    title: row.title,
    agentId: row.agentId,
    agentName: partnerName(row),
    workflow: workflowOf(row),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function workflowOf(row: ThreadRow): Thread['workflow'] {
  if (row.workflowId === null) return null;
  return { id: row.workflowId, greeting: greetingOf(row), closed: closedBecause(row) ?? null };
}

/** Threads, last active first, before a moment and an id. */
export function threadsBefore(
  db: Db,
  workspaceId: string,
  limit: number,
  before: TimeCursor | undefined,
): Promise<ThreadRow[]> {
  return db.thread.findMany({
    where: {
      workspaceId,
      // Conversations of strangers would bury those of the members.
      visitorHash: null,
      ...(before === undefined
        ? {}
        : {
            OR: [{ updatedAt: { lt: before.at } }, { updatedAt: before.at, id: { lt: before.id } }],
          }),
    },
    include: withPartner,
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

export function findThread(db: Db, workspaceId: string, id: string): Promise<ThreadRow | null> {
  return db.thread.findFirst({ where: { id, workspaceId }, include: withPartner });
}

/** The same, held until the transaction ends: turns of one thread come one after another. */
export async function lockThread(
  db: Db,
  workspaceId: string,
  id: string,
): Promise<ThreadRow | null> {
  await db.$queryRaw`select id from thread where id = ${id}::uuid and workspace_id = ${workspaceId} for update`;
  const thread = await db.thread.findFirst({ where: { id, workspaceId } });
  if (thread === null) return null;
  // One after the other: a transaction has one connection, and an include would ask for all at once.
  const { agentId, workflowId, triggerId } = thread;
  const agent = agentId
    ? await db.agent.findUnique({ where: { id: agentId }, ...withPartner.agent })
    : null;
  const workflow = workflowId
    ? await db.workflow.findUnique({ where: { id: workflowId }, ...withPartner.workflow })
    : null;
  const trigger = triggerId
    ? await db.trigger.findUnique({ where: { id: triggerId }, ...withPartner.trigger })
    : null;
  return { ...thread, agent, workflow, trigger };
}

/** The newest messages of a thread, or of those before a position, oldest first. */
export async function messagesOf(db: Db, threadId: string, before?: number): Promise<MessageRow[]> {
  const rows = await db.message.findMany({
    where: { threadId, ...(before === undefined ? {} : { position: { lt: before } }) },
    orderBy: { position: 'desc' },
    take: shownMessages,
  });
  return rows.reverse();
}

/** How a turn's run stands. A run that is missing though its turn is old never began. */
export type TurnRun = {
  id: string;
  status: RunStatus;
  text: string;
  /** What it cost, with all that its steps started. */
  costUsd: number;
  error?: { code: string; message: string; retryable: boolean };
  calls: Call[];
  /** What was left out of files, a sentence each. */
  notes?: string[];
  /** What a panel came to. */
  outcome?: PanelOutcome;
};

/** The runs behind messages by run id. The answers live there, those that were cut off included, and nowhere else. */
export async function runsOf(
  db: Db,
  workspaceId: string,
  messages: readonly MessageRow[],
  now: number,
): Promise<Map<string, TurnRun>> {
  const wanted = messages.flatMap(({ runId, createdAt }) =>
    runId === null ? [] : [{ id: runId, createdAt }],
  );
  const ids = wanted.map(({ id }) => id);
  const rows = await db.run.findMany({
    where: { id: { in: ids }, workspaceId },
    select: { id: true, status: true, output: true, error: true, costPico: true },
  });
  const calls = await callsOf(db, ids);
  const cut = rows.filter(({ status }) => status === 'failed' || status === 'cancelled');
  const cutTexts = await cutOffTexts(
    db,
    cut.map(({ id }) => id),
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    wanted.map(({ id, createdAt }): [string, TurnRun] => {
      const row = found.get(id);
      if (row === undefined) return [id, notBegun(id, now - createdAt.getTime() > startMs)];
      const error = failureSchema.safeParse(row.error);
      const notes = notesSchema.safeParse(at(row.output, 'fileNotes'));
      const outcome = panelOutcomeSchema.safeParse(at(row.output, 'panel'));
      return [
        id,
        {
          id,
          status: runStatuses.find((status) => status === row.status) ?? 'failed',
          text: answerText(row.output) || (cutTexts.get(id) ?? ''),
          costUsd: numberOf(row.costPico),
          ...(error.success ? { error: error.data } : {}),
          ...(notes.success ? { notes: notes.data } : {}),
          ...(outcome.success ? { outcome: outcome.data } : {}),
          calls: calls.get(id) ?? [],
        },
      ];
    }),
  );
}

const notesSchema = z.array(z.string()).min(1);

function notBegun(id: string, late: boolean): TurnRun {
  if (!late) return { id, status: 'queued', text: '', costUsd: 0, calls: [] };
  const message = 'This answer was interrupted before it started. Send your message again.';
  return {
    id,
    status: 'failed',
    text: '',
    costUsd: 0,
    error: { code: 'not_started', message, retryable: true },
    calls: [],
  };
}

/** Calls of the models that answered, and not of one that summarised before. */
async function callsOf(db: Db, runIds: string[]): Promise<Map<string, Call[]>> {
  if (runIds.length === 0) return new Map();
  const rows = await db.$queryRaw<{ run_id: string; calls: Call[] }[]>`
    select run_id, data->'calls' as calls from run_event
    where run_id = any(${runIds}::uuid[])
      and type in ('StepSucceeded', 'StepFailed', 'StepRetryScheduled') and data->'calls' is not null
      and data->>'stepId' is distinct from ${compactStepId}
    order by run_id, seq`;
  const calls = new Map<string, Call[]>();
  for (const row of rows) calls.set(row.run_id, [...(calls.get(row.run_id) ?? []), ...row.calls]);
  return calls;
}

/** Names of people by id. */
export async function namesOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.user.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Names of the agents that wrote these messages, by id. */
export async function agentNames(
  db: Db,
  messages: readonly Pick<MessageRow, 'agentId' | 'panelAgentIds'>[],
): Promise<Map<string, string>> {
  const ids = [
    ...new Set(
      messages.flatMap(({ agentId, panelAgentIds }) => [
        ...(agentId === null ? [] : [agentId]),
        ...panelAgentIds,
      ]),
    ),
  ];
  const rows = await db.agent.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What messages are shown with: their runs, the names of people and agents, and files that are gone. */
export type Known = {
  runs: ReadonlyMap<string, TurnRun>;
  names: ReadonlyMap<string, string>;
  agents: ReadonlyMap<string, string>;
  deleted: ReadonlySet<string>;
  /** Keys of what is named with `#` and is not there any more. */
  gone: ReadonlySet<string>;
  feedback: ReadonlyMap<string, AnswerFeedback>;
};

export function toMessage(
  row: MessageRow,
  thread: ThreadRow,
  { runs, names, agents, deleted, gone, feedback }: Known,
): Message {
  const run = row.runId === null ? undefined : runs.get(row.runId);
  const assistant = row.role === 'assistant';
  const command =
    row.role === 'command'
      ? readCommand(row.command, Date.now() - row.createdAt.getTime())
      : undefined;
  const marks = readMarks(row.marks);
  const panel = row.panelAgentIds.map((id) => ({ id, name: agents.get(id) ?? 'Deleted agent' }));
  const agentName =
    thread.workflowId === null && row.agentId !== null
      ? (agents.get(row.agentId) ?? 'Deleted agent')
      : partnerName(thread);
  return {
    id: row.id,
    position: row.position,
    role: assistant ? 'assistant' : row.role === 'command' ? 'command' : 'user',
    ...(command === undefined ? {} : { command }),
    authorName: assistant
      ? panel.length > 0
        ? 'Panel'
        : agentName
      : (names.get(row.authorId ?? '') ?? (thread.visitorHash ? 'Visitor' : 'Former member')),
    ...(assistant || row.authorId === null ? {} : { authorId: row.authorId }),
    ...(assistant && row.agentId !== null ? { agentId: row.agentId } : {}),
    ...(panel.length === 0
      ? {}
      : { panel: { agents: panel, ...(run?.outcome ? { outcome: run.outcome } : {}) } }),
    text: run === undefined ? row.text : run.text,
    files: readAttached(row.files).map((file) => ({ ...file, deleted: deleted.has(file.id) })),
    ...(marks.length === 0
      ? {}
      : { marks: marks.map((mark) => ({ mark, gone: gone.has(markKey(mark)) })) }),
    createdAt: row.createdAt.toISOString(),
    ...(assistant && row.agentId !== null && thread.workflowId === null
      ? { feedback: feedback.get(row.id) ?? { up: 0, down: 0, mine: null } }
      : {}),
    ...(run === undefined
      ? {}
      : {
          run: {
            id: run.id,
            status: run.status,
            calls: run.calls,
            costUsd: run.costUsd,
            ...(run.error === undefined ? {} : { error: run.error }),
            ...(run.notes === undefined ? {} : { notes: run.notes }),
          },
        }),
  };
}

/** Whether an answer is being written, or is about to be. */
export async function isWriting(
  db: Db,
  { id: threadId, workspaceId }: Pick<ThreadRow, 'id' | 'workspaceId'>,
): Promise<boolean> {
  const open = await openRunsOf(db, workspaceId, threadId);
  if (open.length > 0) {
    const answers = await db.message.count({ where: { threadId, runId: { in: open } } });
    if (answers > 0) return true;
  }
  const newest = await db.message.findMany({
    where: { threadId },
    orderBy: { position: 'desc' },
    take: maxAgents + maxCommandsBetween,
  });
  const since = Date.now() - startMs;
  const begins = newest.flatMap(({ runId, createdAt }) =>
    runId !== null && createdAt.getTime() >= since ? [runId] : [],
  );
  if (begins.length === 0) return false;
  return (await db.run.count({ where: { id: { in: begins }, workspaceId } })) < begins.length;
}

/** Runs of a thread that have not ended. */
export async function openRunsOf(
  db: Pick<Db, 'run'>,
  workspaceId: string,
  threadId: string,
): Promise<string[]> {
  const rows = await db.run.findMany({
    where: { threadId, workspaceId, status: { notIn: [...endedStatuses] } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** The run behind an answer; null where the thread has no such answer. */
export async function runOfMessage(
  prisma: Prisma,
  threadId: string,
  id: string,
): Promise<string | null> {
  const row = await prisma.message.findFirst({ where: { id, threadId }, select: { runId: true } });
  return row?.runId ?? null;
}

/** Makes a thread that has no messages yet. */
export function insertThread(
  db: Db,
  data: Pick<Types.ThreadUncheckedCreateInput, 'workspaceId' | 'createdBy'> &
    ({ agentId: string } | { workflowId: string; triggerId: string }),
): Promise<{ id: string }> {
  return db.thread.create({ data: { ...data, title: 'New conversation' }, select: { id: true } });
}
