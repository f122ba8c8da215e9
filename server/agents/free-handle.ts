import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { findAgentByHandle } from './store';

/** A handle, or the first free one that begins with it. Throws `conflict` where there is none. */
export async function freeHandle(
  { prisma }: Pick<Services, 'prisma'>,
  { workspaceId }: Actor,
  wanted: string,
): Promise<string> {
  for (let count = 1; count < 100; count += 1) {
    const end = count === 1 ? '' : `-${count}`;
    const handle = `${wanted.slice(0, 48 - end.length)}${end}`;
    if ((await findAgentByHandle(prisma, workspaceId, handle)) === undefined) return handle;
  }
  throw new AppError(
    'conflict',
    `The handle @${wanted} and all like it are taken. Rename an agent first.`,
  );
}
