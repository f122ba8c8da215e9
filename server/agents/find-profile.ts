import type { AgentProfile } from '@/lib/nodes/node-type/define-node';
import type { Prisma } from '@/server/db/prisma';
import { findAgentByHandle } from './store';

/** What a step needs to know of an agent, by its handle with or without `@`; nothing when there is none. */
export async function findProfile(
  prisma: Prisma,
  workspaceId: string,
  handle: string,
): Promise<AgentProfile | undefined> {
  const agent = await findAgentByHandle(prisma, workspaceId, handle.replace(/^@/, ''));
  if (agent === undefined) return undefined;
  const { name, instructions, model } = agent;
  return { handle: agent.handle, name, instructions, model };
}
