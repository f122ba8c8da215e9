import { type FileInfo, fileSchema } from '@/lib/files/contract';
import {
  claimUpload,
  createUpload,
  finishUpload,
  sendChunk,
  type Upload,
  uploadSchema,
} from '@/lib/files/uploads/contract';
import { chunkBytes } from '@/lib/files/uploads/limits';
import { cleanFileName } from '@/lib/names/name-problem';
import { at } from '@/lib/values/unknown';
import { ApiError, call, pathOf } from '../call';
import { patiently, type Waiting } from './patiently';
import { sendBytes } from './send-bytes';

type Options = {
  signal: AbortSignal;
  /** Some of it may be on the server already. */
  begun: boolean;
  /** From 0 to 1. */
  onProgress: (part: number) => void;
  onWaiting: (why: Waiting | undefined) => void;
};

/**
 * Uploads a file under an id, from where it stopped. Waits by itself while the server cannot be reached. Throws
 * {@link ApiError} for what the server refuses: with the reason `claimed` where another tab goes on with it.
 */
export async function sendFile(
  id: string,
  file: File,
  { signal, begun, onProgress, onWaiting }: Options,
): Promise<FileInfo> {
  const tell = { signal, onWaiting };
  const there = begun ? await patiently(() => takeUp(id, signal), tell) : undefined;
  if (there && 'createdAt' in there) return there;
  const body = { id, name: cleanFileName(file.name), size: file.size };
  let upload = there ?? (await patiently(() => call(createUpload, { body }, { signal }), tell));
  while (upload.received < file.size) {
    const { received: from, claim } = upload;
    onProgress(from / file.size);
    const bytes = file.slice(from, from + chunkBytes);
    const query = { offset: from, claim, sha256: await hashOf(bytes) };
    const address = pathOf(sendChunk, { params: { id }, query });
    const onBytes = (sent: number) => onProgress(Math.min(1, (from + sent) / file.size));
    const send = () => sendBytes(address, bytes, { signal, onProgress: onBytes }).catch(stored);
    const answer = await patiently(send, tell);
    upload = typeof answer === 'number' ? { ...upload, received: answer } : toUpload(answer);
  }
  onProgress(1);
  const finish = () => call(finishUpload, { params: { id }, body: {} }, { signal });
  return fileSchema.parse(await patiently(finish, tell));
}

const toUpload = (answer: unknown): Upload => uploadSchema.parse(answer);

/** The upload as this tab goes on with it; the file, where only the answer was lost; undefined where it is gone. */
async function takeUp(id: string, signal: AbortSignal): Promise<Upload | FileInfo | undefined> {
  const params = { id };
  const gone = (error: unknown) => {
    if (ApiError.isInstance(error) && error.code === 'not_found') return undefined;
    throw error;
  };
  return (
    (await call(claimUpload, { params }, { signal }).catch(gone)) ??
    call(finishUpload, { params, body: {} }, { signal }).catch(gone)
  );
}

/** How much the server has, where it says that it has another number of bytes: an answer was lost. */
function stored(error: unknown): number {
  const received = ApiError.isInstance(error) ? at(error.details, 'received') : undefined;
  if (typeof received === 'number') return received;
  throw error;
}

/** Browsers hash only where the page came by HTTPS or from this machine. */
async function hashOf(bytes: Blob): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const hash = await crypto.subtle.digest('SHA-256', await new Response(bytes).arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
