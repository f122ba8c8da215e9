import { compactStepId, tokensOf } from '@/lib/chat/compaction/compaction';
import type { Compaction } from '@/lib/chat/compaction/contract';
import { summaryIn, summaryMessage } from '@/lib/models/context/summary';
import { at } from '@/lib/values/unknown';
import { type Db, namesOf } from '../store';

export type CompactionRow = Awaited<ReturnType<Db['threadCompaction']['findFirstOrThrow']>>;
/** One whose summary is there. */
export type Settled = CompactionRow & { summary: string };

type Begun = { workspaceId: string; threadId: string; runId: string; upTo: number; tokens: number };

/** Notes that a run is about to summarise what a thread has up to a position; once for a run. */
export async function noteCompaction(
  db: Db,
  { workspaceId, threadId, runId, upTo, tokens }: Begun,
): Promise<void> {
  const messages = await db.message.count({
    where: { threadId, position: { lte: upTo }, role: { not: 'command' } },
  });
  await db.threadCompaction.createMany({
    data: [{ workspaceId, threadId, runId, upTo, tokens, messages }],
    skipDuplicates: true,
  });
}

/**
 * Those of a thread that have a summary, oldest first. One whose step has ended since is given its text; one that came to
 * nothing, or that no real model wrote, is no compaction.
 */
export async function compactionsOf(
  db: Db,
  workspaceId: string,
  threadId: string,
): Promise<Settled[]> {
  const where = { threadId, workspaceId };
  const orderBy = [{ upTo: 'asc' as const }, { createdAt: 'asc' as const }];
  const rows = await db.threadCompaction.findMany({ where, orderBy });
  const open = rows.filter(({ summary }) => summary === null).map(({ runId }) => runId);
  if (open.length === 0) return rows.filter(isSettled);
  const ends = await db.$queryRaw<{ run_id: string; output: unknown }[]>`
    select run_id, data->'output' as output from run_event
    where run_id = any(${open}::uuid[]) and type = 'StepSucceeded' and data->>'stepId' = ${compactStepId}`;
  for (const { run_id: runId, output } of ends) {
    const summary = summaryIn(at(output, 'text'));
    const model = at(output, 'model');
    if (summary === undefined || typeof model !== 'string' || at(output, 'rehearsed') !== false) {
      await db.threadCompaction.deleteMany({ where: { ...where, runId, summary: null } });
    } else {
      const data = { summary, model };
      await db.threadCompaction.updateMany({ where: { ...where, runId, summary: null }, data });
    }
  }
  return (await db.threadCompaction.findMany({ where, orderBy })).filter(isSettled);
}

const isSettled = (row: CompactionRow): row is Settled => row.summary !== null;

/**
 * What stands for the earlier messages of a thread: the newest summary that nobody has put out of use. Where the newest
 * one was, people want the messages themselves, and no further one is made.
 */
export function inForce(settled: readonly Settled[]): {
  compaction: Settled | undefined;
  mayCompact: boolean;
} {
  return {
    compaction: settled.findLast(({ undoneAt }) => undoneAt === null),
    mayCompact: settled.at(-1)?.undoneAt == null,
  };
}

export const tokensOfSummary = (summary: string): number => tokensOf([summaryMessage(summary)]);

/** As the API shows them. */
export async function viewCompactions(db: Db, rows: readonly Settled[]): Promise<Compaction[]> {
  if (rows.length === 0) return [];
  const people = rows.flatMap(({ editedBy, undoneBy }) => [editedBy ?? [], undoneBy ?? []].flat());
  const names = await namesOf(db, people);
  const act = (by: string | null, when: Date | null) =>
    when === null ? null : { by: names.get(by ?? '') ?? 'Former member', at: when.toISOString() };
  return rows.map((row) => ({
    ...{ id: row.id, upTo: row.upTo, messages: row.messages, tokensBefore: row.tokens },
    ...{ tokensAfter: tokensOfSummary(row.summary), summary: row.summary, model: row.model ?? '' },
    ...{ runId: row.runId, createdAt: row.createdAt.toISOString(), version: row.version },
    edited: act(row.editedBy, row.editedAt),
    undone: act(row.undoneBy, row.undoneAt),
  }));
}
