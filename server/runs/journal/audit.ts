import type { Actor } from '@/lib/people/schema';

/** One line of the audit trail about a run. */
export type AuditLine = { workspaceId: string; actorId: string; action: string; runId: string };

/** A line about what somebody does to a run: it is written in the commit of what they do, or not at all. */
export const auditLine = (
  { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>,
  action: string,
  runId: string,
): AuditLine => ({ workspaceId, actorId: userId, action, runId });
