import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import { type SavedFile, StepError } from '@/lib/nodes/node-type/define-node';
import { uuidOf } from '@/server/db/uuid-of';
import { keepSentFiles } from '@/server/files/keep-sent-files';
import type { Services } from '@/server/services';
import type { Task } from '../task';

type Given = { name: string; mediaType: string; bytes: Uint8Array };

/**
 * Keeps a file that a step received or made, for as long as runs are kept. Under a `key` it is one file for
 * all attempts of the step: a later one replaces it. Throws `StepError` `file_too_large`.
 */
export async function saveFile(
  services: Pick<Services, 'pool' | 'config'>,
  {
    workspaceId,
    runId,
    step,
  }: Pick<Task, 'workspaceId' | 'runId'> & { step: Pick<Task['step'], 'id'> },
  { name, mediaType, bytes }: Given,
  key?: string,
): Promise<SavedFile> {
  const id =
    key === undefined
      ? randomUUID()
      : uuidOf(JSON.stringify(['file', workspaceId, runId, step.id, key]));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { id, name, mediaType, sha256, bytes };
  await keepSentFiles(services, workspaceId, [file], { runId }).catch((error: unknown) => {
    if (!AppError.isInstance(error) || error.code !== 'too_large') throw error;
    throw new StepError('file_too_large', error.message);
  });
  return { id, name, mediaType, size: bytes.byteLength };
}
