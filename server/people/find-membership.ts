import type { Services } from '@/server/services';
import { type Membership, membershipIn } from './store';

/** The membership of a person in a workspace (id or slug) as it is now, or undefined: not theirs, or not there. */
export function findMembership(
  services: Pick<Services, 'prisma'>,
  userId: string,
  workspaceId: string,
): Promise<Membership | undefined> {
  return membershipIn(services.prisma, userId, workspaceId);
}
