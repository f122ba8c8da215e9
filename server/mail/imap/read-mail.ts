import { fileTypeOf } from '@/lib/files/file-types';
import type { ReceivedMail } from '@/lib/mail/received';
import type { Services } from '@/server/services';
import type { RawMail } from './open-mailbox';

/**
 * Takes a message apart in a process that can be killed. One that cannot be read becomes a message without text that says
 * so: a workflow may still look at it, and it holds nothing up.
 */
export async function readMail(
  { documents }: Pick<Services, 'documents'>,
  raw: RawMail,
  { workspaceId, files, signal }: { workspaceId: string; files: boolean; signal?: AbortSignal },
): Promise<ReceivedMail> {
  const { uid, receivedAt, unread, bytes, cut } = raw;
  const facts = { uid, receivedAt, unread };
  const parsed = await documents.mail({ bytes, cut }, workspaceId, signal);
  if ('problem' in parsed) {
    signal?.throwIfAborted();
    const text = `This email could not be read. ${parsed.problem}`;
    return { ...facts, ...nothing, text, incomplete: true };
  }
  const { attachments, ...mail } = parsed;
  return {
    ...mail,
    ...facts,
    files: !files
      ? []
      : attachments.map(({ name, mediaType, content }) => ({
          name,
          // The ending says how the file is read, as with uploads.
          mediaType: fileTypeOf(name)?.mediaType ?? mediaType,
          bytes: new Uint8Array(Buffer.from(content, 'base64')),
        })),
  };
}

const nothing = {
  ...{ from: null, replyTo: [], to: [], cc: [], subject: '', messageId: '', html: '', files: [] },
};
