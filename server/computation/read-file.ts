import { type ReadFile, type ReadSettings, readTextFile } from '@/lib/files/read-text-file';
import type { Computation } from './computation';

/** A file that is read in place: some milliseconds, whatever it holds. */
const smallBytes = 50_000;

/** What a step reads out of a file; large ones on a thread. */
export async function readFile(
  computation: Pick<Computation, 'run'>,
  file: { name: string; mediaType: string; bytes: Uint8Array },
  settings: ReadSettings,
  workspaceId: string,
): Promise<ReadFile> {
  if (file.bytes.byteLength <= smallBytes) return readTextFile(file, settings);
  return computation.run('content', { file, settings }, workspaceId);
}
