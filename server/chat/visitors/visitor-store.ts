import { type Db, findThread, type ThreadRow } from '../store';
import type { Visit } from './open-visit';

type Known = Visit & { hash: string };

/** The conversation of a visitor; null before their first message. */
export async function findVisit(db: Db, { chat, hash }: Visit): Promise<ThreadRow | null> {
  if (hash === undefined) return null;
  const row = await db.thread.findFirst({
    where: { visitorHash: hash, workspaceId: chat.workspaceId, triggerId: chat.id },
    select: { id: true },
  });
  return row && findThread(db, chat.workspaceId, row.id);
}

/** The same, made where there is none yet: twice at once is one. */
export async function holdVisit(db: Db, visit: Known): Promise<ThreadRow | null> {
  const { chat, userId, hash } = visit;
  const { workspaceId, workflowId, id: triggerId } = chat;
  await db.thread.createMany({
    data: {
      ...{ workspaceId, workflowId, triggerId, visitorHash: hash },
      createdBy: userId ?? 'visitor',
      title: 'New conversation',
    },
    skipDuplicates: true,
  });
  return findVisit(db, visit);
}
