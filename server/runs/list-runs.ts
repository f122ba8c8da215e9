import { z } from 'zod';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { listRuns as contract, RunSummary } from '@/lib/runs/contract';
import type { Services } from '@/server/services';
import { readSummaries } from './summaries';

const cursorSchema = z.tuple([z.int(), z.uuid()]);

/** Runs of the workspace, newest first. */
export async function listRuns(
  { pool }: Pick<Services, 'pool'>,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { limit, cursor, ...filter } = query;
  const rows = await readSummaries(pool, {
    ...filter,
    workspaceId: actor.workspaceId,
    ...(cursor === undefined ? {} : { before: parseCursor(cursor) }),
    limit: limit + 1,
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last ? { items, nextCursor: cursorOf(last) } : { items };
}

function cursorOf(run: RunSummary): string {
  return Buffer.from(JSON.stringify([Date.parse(run.createdAt), run.id])).toString('base64url');
}

function parseCursor(cursor: string): { createdAt: Date; id: string } {
  try {
    const [at, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const createdAt = new Date(at);
    if (Number.isNaN(createdAt.getTime())) throw new RangeError('not a date');
    return { createdAt, id };
  } catch {
    throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
  }
}
