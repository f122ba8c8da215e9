import { createHash } from 'node:crypto';
import { visitorHeader, visitorSchema } from '@/lib/chat/visitors/contract';
import type { LinkReader } from '@/lib/triggers/link';
import type { Services } from '@/server/services';
import { admitVisitor } from '@/server/triggers/links/admit-visitor';
import { type Found, openLink } from '@/server/triggers/links/open-link';

type SharedChatRow = Found<'chat'>;

/** Somebody at a shared chat. */
export type Visit = {
  chat: SharedChatRow;
  /** The member, where only members may write. */
  userId: string | null;
  /** Names their conversation; undefined where their browser named none. */
  hash: string | undefined;
};

/**
 * Who opens a chat by its link. A conversation is found by what the browser made by chance and shows, so nobody else's can
 * be: neither by its link nor by an id. Throws `not_found`, and as `admitVisitor`.
 */
export async function openVisit(
  services: Services,
  token: string,
  request: Pick<Request, 'headers' | 'method'>,
): Promise<Visit> {
  const chat = await openLink(services, 'chat', token);
  const visitor = await admitVisitor(services, chat, readerOf(chat), request);
  const userId = visitor?.userId ?? null;
  const secret = visitorSchema.safeParse(request.headers.get(visitorHeader));
  const name = JSON.stringify([chat.id, userId, secret.data]);
  const hash = secret.success ? createHash('sha256').update(name).digest('hex') : undefined;
  return { chat, userId, hash };
}

const readerOf = ({ config }: SharedChatRow): LinkReader =>
  config.link === 'anyone' ? 'anyone' : 'members';
