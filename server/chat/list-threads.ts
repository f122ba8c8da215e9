import { z } from 'zod';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { listThreads as contract } from '@/lib/chat/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { threadsBefore, toThread } from './store';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Threads of the workspace, last active first. The cursor is moment and id of the last one seen. */
export async function listThreads(
  services: Services,
  actor: Actor,
  { query }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const before = query.cursor === undefined ? undefined : readCursor(query.cursor);
  const rows = await threadsBefore(services.prisma, actor.workspaceId, query.limit + 1, before);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: page.map(toThread),
    ...(last === undefined ? {} : { nextCursor: `${last.updatedAt.toISOString()},${last.id}` }),
  };
}

function readCursor(cursor: string): { at: Date; id: string } {
  const parsed = cursorSchema.safeParse(cursor.split(','));
  if (!parsed.success) {
    throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
  }
  return { at: new Date(parsed.data[0]), id: parsed.data[1] };
}
