import type { InputOf } from '@/lib/api/define-route';
import type { exportThread as contract } from '@/lib/chat/commands/contract';
import { threadMarkdown } from '@/lib/chat/to-markdown';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { getThread } from '../get-thread';

/** A thread as a file to save. Throws `not_found`. */
export async function exportThread(
  services: Services,
  actor: Actor,
  { params }: InputOf<typeof contract>,
): Promise<Response> {
  const { title, messages } = await getThread(services, actor, {
    params,
    query: {},
    body: undefined,
  });
  const name =
    title
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'chat';
  return new Response(threadMarkdown(title, messages), {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}.md`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
