import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { updateCompaction as contract } from '@/lib/chat/compaction/contract';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { lockThread } from '../store';
import { compactionsOf, viewCompactions } from './compaction-store';

/**
 * Changes the summary that stands for earlier messages, or whether it does; turns that begin from now on see it. Throws
 * `not_found`, and `conflict` where somebody changed it since the version that was read.
 */
export async function updateCompaction(
  { prisma, bus }: Pick<Services, 'prisma' | 'bus'>,
  { workspaceId, userId }: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { id: threadId, compactionId: id } = params;
  const changed = await prisma.$transaction(async (db) => {
    // Held as a turn holds it: a turn reads the summary before this change, or after it.
    if ((await lockThread(db, workspaceId, threadId)) === null) {
      throw new AppError('not_found', 'This conversation does not exist.');
    }
    const found = (await compactionsOf(db, workspaceId, threadId)).find((row) => row.id === id);
    if (found === undefined) throw new AppError('not_found', 'This summary does not exist.');
    if (found.version !== body.version) {
      throw new AppError(
        'conflict',
        'Somebody changed this summary meanwhile. Your text was not saved: read theirs first.',
      );
    }
    const now = new Date();
    const { summary, undone } = body;
    const edits = summary !== undefined && summary !== found.summary;
    const row = await db.threadCompaction.update({
      where: { id },
      data: {
        version: found.version + 1,
        ...(edits ? { summary, editedBy: userId, editedAt: now } : {}),
        ...(undone === undefined || undone === (found.undoneAt !== null)
          ? {}
          : { undoneAt: undone ? now : null, undoneBy: undone ? userId : null }),
      },
    });
    const action = edits ? 'edited' : undone ? 'undone' : 'used again';
    await db.audit.create({
      data: {
        ...{ workspaceId, actorId: userId, action: 'thread.summary_changed' },
        ...{ subjectType: 'thread', subjectId: threadId, detail: { summary: id, action } },
      },
    });
    const [view] = await viewCompactions(db, [{ ...row, summary: row.summary ?? '' }]);
    if (view === undefined) throw new Error('a summary that was just changed is gone');
    return view;
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'thread', id: threadId });
  return changed;
}
