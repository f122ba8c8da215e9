import { storedChatConfig } from '@/lib/triggers/schema';
import type { ThreadRow } from './store';

type Partner = Pick<ThreadRow, 'agent' | 'agentId' | 'workflowId' | 'workflow' | 'trigger'>;

/** Who answers in a thread, as people see it. */
export function partnerName({ agent, workflowId, workflow, trigger }: Partner): string {
  if (workflowId === null) return agent?.name ?? 'Deleted agent';
  return trigger?.name || workflow?.name || 'Deleted workflow';
}

/** Why nobody can write in a thread any more, in a sentence; undefined where one can. */
export function closedBecause(thread: Partner): string | undefined {
  const { agent, workflowId, workflow, trigger } = thread;
  if (workflowId === null) {
    return agent
      ? undefined
      : 'The agent of this conversation was deleted. Start a new conversation.';
  }
  const name = partnerName(thread);
  if (!workflow) return `The workflow “${name}” was deleted.`;
  if (workflow.deletedAt !== null) return `The workflow “${name}” is in the trash.`;
  if (!trigger) return `The workflow “${name}” no longer has a chat.`;
  if (!trigger.enabled) return `The chat of “${name}” is turned off.`;
  if (workflow.liveVersion === null) return `The workflow “${name}” is not published.`;
  return undefined;
}

/** What a thread with a workflow begins with; empty where nothing is said. */
export function greetingOf({ trigger }: Pick<ThreadRow, 'trigger'>): string {
  const config = storedChatConfig.safeParse(trigger?.config);
  return config.success ? config.data.greeting : '';
}
