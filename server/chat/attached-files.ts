import { AppError } from '@/lib/api/errors';
import { type AttachedFile, readAttached } from '@/lib/chat/attached';
import type { Db, MessageRow } from './store';

/**
 * Files of the workspace as a message keeps them, in the order asked for, each once. Throws `invalid_input` where one is
 * not there.
 */
export async function filesToAttach(
  db: Db,
  workspaceId: string,
  ids: readonly string[],
): Promise<AttachedFile[]> {
  if (ids.length === 0) return [];
  const wanted = [...new Set(ids)];
  const rows = await db.file.findMany({
    where: { workspaceId, id: { in: wanted } },
    select: { id: true, name: true, mediaType: true, size: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = wanted.flatMap((id) => byId.get(id) ?? []);
  if (found.length === wanted.length) return found;
  throw new AppError(
    'invalid_input',
    'A file of this message was deleted or belongs to another workspace. Remove it and send your message again.',
  );
}

/** Ids of files that were sent with these messages and are there no more. */
export async function deletedFiles(
  db: Db,
  workspaceId: string,
  messages: readonly Pick<MessageRow, 'files'>[],
): Promise<Set<string>> {
  const sent = new Set(messages.flatMap(({ files }) => readAttached(files)).map(({ id }) => id));
  if (sent.size === 0) return sent;
  const rows = await db.file.findMany({
    where: { workspaceId, id: { in: [...sent] } },
    select: { id: true },
  });
  for (const { id } of rows) sent.delete(id);
  return sent;
}
