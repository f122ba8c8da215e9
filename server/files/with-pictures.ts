import type { Pool } from 'pg';
import { readPicture } from '@/lib/files/pictures/picture-facts';
import { type MessagePart, type ModelMessage, picturesIn } from '@/lib/models/message';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { readWorkspaceFile } from '@/server/runs/worker/resources';

/**
 * Messages with the bytes of their pictures, for one call: what is kept of a task names its files alone. Throws
 * `StepError` `file_not_found` for one that was deleted since, and `file_changed` for another under its name.
 */
export async function withPictures(
  pool: Pool,
  workspaceId: string,
  messages: readonly ModelMessage[],
): Promise<ModelMessage[]> {
  const read = async (part: MessagePart): Promise<MessagePart> => {
    if (part.type !== 'picture') return part;
    const { bytes } = await readWorkspaceFile(pool, workspaceId, part.file);
    const facts = readPicture(bytes);
    // What was reckoned with before the call holds for what is sent.
    const same = facts?.width === part.width && facts.height === part.height;
    if (!same || bytes.byteLength !== part.size || facts.mediaType !== part.mediaType) {
      const message = `“${part.name}” was replaced by another picture. Run the step again.`;
      throw new StepError('file_changed', message);
    }
    return { ...part, data: Buffer.from(bytes).toString('base64') };
  };
  return Promise.all(
    messages.map(async (message) =>
      typeof message.content === 'string' || picturesIn(message).length === 0
        ? message
        : { ...message, content: await Promise.all(message.content.map(read)) },
    ),
  );
}
