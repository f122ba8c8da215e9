import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import { type SavedFile, StepError } from '@/lib/nodes/node-type/define-node';
import { keepSentFiles } from '@/server/files/keep-sent-files';
import type { Services } from '@/server/services';
import type { Task } from '../task';

type Given = { name: string; mediaType: string; bytes: Uint8Array };

/** Keeps a file that a step received, for as long as runs are kept. Throws `StepError` `file_too_large`. */
export async function saveFile(
  services: Pick<Services, 'pool' | 'config'>,
  { workspaceId, runId }: Pick<Task, 'workspaceId' | 'runId'>,
  { name, mediaType, bytes }: Given,
): Promise<SavedFile> {
  const id = randomUUID();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { id, name, mediaType, sha256, bytes };
  await keepSentFiles(services, workspaceId, [file], { runId }).catch((error: unknown) => {
    if (!AppError.isInstance(error) || error.code !== 'too_large') throw error;
    throw new StepError('file_too_large', error.message);
  });
  return { id, name, mediaType, size: bytes.byteLength };
}
