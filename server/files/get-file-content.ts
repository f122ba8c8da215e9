import type { InputOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { getFileContent as contract } from '@/lib/files/contract';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { readWorkspaceFile } from '@/server/runs/worker/resources';
import type { Services } from '@/server/services';

/** Pictures that a browser may draw. All else is saved: a page of somebody else’s must not run as one of ours. */
const drawn: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** A file's bytes, to be saved. Throws `not_found`. */
export async function getFileContent(
  services: Pick<Services, 'pool'>,
  { workspaceId }: Pick<Actor, 'workspaceId'>,
  { params }: InputOf<typeof contract>,
): Promise<Response> {
  const file = await readWorkspaceFile(services.pool, workspaceId, params.id).catch(
    (error: unknown) => {
      if (StepError.isInstance(error)) throw new AppError('not_found', error.message);
      throw error;
    },
  );
  const { name, mediaType, bytes } = file;
  const inline = drawn.has(mediaType);
  // A plain name for old programs, the whole one for all others (RFC 6266).
  const plain = name.replace(/[^\w. -]/g, '_');
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new Response(bytes.slice(), {
    headers: {
      'content-type': inline ? mediaType : 'application/octet-stream',
      'content-length': String(bytes.byteLength),
      'content-disposition': `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${whole}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
