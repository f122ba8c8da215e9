import { createHash } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import type { BroughtFile } from '@/lib/chat/attached';
import type { AskedPicture } from '@/lib/chat/completions/read-messages';
import { type PictureType, readPicture } from '@/lib/files/pictures/picture-facts';
import { maxPictureBytes, pictureProblem } from '@/lib/files/pictures/picture-limits';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { uuidOf } from '@/server/db/uuid-of';
import { keepSentFiles } from '@/server/files/keep-sent-files';
import type { Services } from '@/server/services';

const timeoutMs = 20_000;
const endings: Readonly<Record<PictureType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/**
 * Keeps the pictures of a request as files of its run, which the agent's step reads like any others. An address is
 * fetched once, before the run begins, by the one way out: never from within the network. Throws `invalid_input` with the
 * part that is wrong, and `too_large`.
 */
export async function keepPictures(
  services: Pick<Services, 'pool' | 'config' | 'egress'>,
  { workspaceId }: Actor,
  { runId, signal }: { runId: string; signal: AbortSignal },
  pictures: readonly AskedPicture[],
): Promise<BroughtFile[]> {
  const kept: BroughtFile[] = [];
  // One after another: few are in memory at once, and a server is not asked for twenty at the same moment.
  for (const [index, { url, param, earlier }] of pictures.entries()) {
    const bytes = url.startsWith('data:')
      ? decode(url, param)
      : await fetched(services, url, param, signal);
    const facts = readPicture(bytes);
    const problem = pictureProblem(`picture ${index + 1}`, bytes.byteLength, facts);
    if (facts === undefined || problem !== undefined)
      throw wrong(param, problem ?? 'It is no picture.');
    const { mediaType } = facts;
    const file = {
      id: uuidOf(JSON.stringify(['completion-picture', runId, index])),
      name: `picture-${index + 1}.${endings[mediaType]}`,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      ...{ mediaType, bytes },
    };
    await keepSentFiles(services, workspaceId, [file], { runId });
    kept.push({ id: file.id, name: file.name, ...(earlier ? { earlier } : {}) });
  }
  return kept;
}

const wrong = (param: string, message: string) => new AppError('invalid_input', message, { param });

function decode(url: string, param: string): Uint8Array {
  const comma = url.indexOf(',');
  if (comma < 0 || !url.slice(0, comma).endsWith(';base64')) {
    throw wrong(param, 'Write a picture as data:image/png;base64,… or as an https address.');
  }
  // Four letters for three bytes.
  if ((url.length - comma) * 0.75 > maxPictureBytes + 4) throw tooLarge(param);
  const text = url.slice(comma + 1);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.byteLength === 0) throw wrong(param, 'The picture is empty, or its base64 is damaged.');
  return bytes;
}

const tooLarge = (param: string) =>
  wrong(param, `A picture may have at most ${maxPictureBytes / 1_048_576} MB.`);

async function fetched(
  { egress }: Pick<Services, 'egress'>,
  url: string,
  param: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (!/^https:\/\//i.test(url)) {
    throw wrong(param, 'Write a picture as data:image/png;base64,… or as an https address.');
  }
  try {
    const answer = await egress.request({
      ...{ method: 'GET', url, headers: { accept: 'image/png, image/jpeg, image/webp' } },
      ...{ timeoutMs, maxBytes: maxPictureBytes, signal, asBytes: true },
    });
    if (answer.status !== 200 || answer.bytes === undefined) {
      throw wrong(
        param,
        `The picture could not be fetched: its server responded with status ${answer.status}.`,
      );
    }
    return answer.bytes;
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    if (error.code === 'response_too_large') throw tooLarge(param);
    throw wrong(param, `The picture could not be fetched: ${error.message}`);
  }
}
