import type { InputOf } from '@/lib/api/define-route';
import type { showSharedChat as contract, SharedChat } from '@/lib/chat/visitors/contract';
import type { Services } from '@/server/services';
import { messagesOf, runsOf } from '../store';
import { openVisit } from './open-visit';
import { viewMessage } from './view-visit';
import { findVisit } from './visitor-store';

/** A chat as its link shows it, with what this visitor and it have said. Throws as `openVisit`. */
export async function showSharedChat(
  services: Services,
  { params }: Pick<InputOf<typeof contract>, 'params'>,
  request: Pick<Request, 'headers' | 'method'>,
): Promise<SharedChat> {
  const { prisma } = services;
  const visit = await openVisit(services, params.token, request);
  const { chat } = visit;
  const thread = await findVisit(prisma, visit);
  const rows = thread ? await messagesOf(prisma, thread.id) : [];
  const runs = await runsOf(prisma, chat.workspaceId, rows, Date.now());
  return {
    name: chat.name || chat.workflowName,
    greeting: chat.config.greeting,
    open: chat.enabled && chat.published,
    messages: rows.map((row) => viewMessage(row, runs)),
  };
}
