import { planTask } from '@/lib/agents/plan-task';
import { maxConversation, maxHops } from '@/lib/messages/schema';
import { taskText, textOf } from '@/lib/messages/task-text';
import { catalogue } from '@/lib/nodes/catalogue';
import { can } from '@/lib/people/can';
import { compile } from '@/lib/workflows/compile';
import { findProfile } from '@/server/agents/find-profile';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';
import { rightsOfPerson, starterOf } from '@/server/tools/rights';
import { findMail } from '../mail-of-run';
import { settleAll } from '../work';
import { lengthOf, type TaskDelivery, taskHolder } from './task-store';

type Needs = Pick<Services, 'pool' | 'prisma' | 'engine'>;

/**
 * Begins the task of a message, under the id that was given to it when it was taken: begun again it is the same run. What
 * may not become a task ends, with the reason.
 */
export async function beginTask(services: Needs, delivery: TaskDelivery): Promise<void> {
  const { pool } = services;
  const { workspaceId, mailId, mailboxId, attempt, handle } = delivery;
  if (handle === null) {
    // Another agent of the pool takes it.
    const error = 'The agent that had taken it was deleted.';
    const back = { message: mailId, mailbox: mailboxId, attempt, delayMs: 0, error };
    await settleAll(pool, workspaceId, taskHolder, [{ ...back, end: 'undo' }]);
    return;
  }
  const agent = await findProfile(services.prisma, workspaceId, handle);
  const behind = await starterBehind(services, delivery);
  const refusal =
    agent === undefined
      ? `The agent @${handle} was deleted, so nobody reads this.`
      : await refusalOf(services, delivery, behind.mayStart);
  if (agent === undefined || refusal !== undefined) {
    const item = { message: mailId, mailbox: mailboxId, attempt, delayMs: 0 };
    const end = { ...item, end: 'poison' as const, error: refusal };
    await settleAll(pool, workspaceId, taskHolder, [end]);
    return;
  }
  const { runId, replyTo } = delivery;
  const answered = replyTo === null ? undefined : await findMail(pool, workspaceId, replyTo);
  const { sender, type, body, reply } = delivery;
  const text = taskText({
    ...{ id: mailId, sender, type, body, wantsReply: reply !== null },
    ...(answered === undefined ? {} : { answers: answered.body }),
  });
  const { definition, input } = planTask({ agent, input: text, title: textOf(body) });
  await services.engine.start({
    ...{ id: runId, workspaceId, name: definition.name, mode: 'live', trigger: 'message' },
    ...(behind.personId === undefined ? {} : { startedBy: behind.personId }),
    ...{ plan: compile(definition, catalogue), definitionHash: hashOf(definition), input },
  });
}

/** Whose rights the task has: the person's who sent the message, or those of the run that did. */
async function starterBehind(
  { pool }: Needs,
  { workspaceId, sender }: TaskDelivery,
): Promise<{ mayStart: boolean; personId: string | undefined }> {
  const behind =
    sender.kind === 'person'
      ? { personId: sender.id, role: await rightsOfPerson(pool, workspaceId, sender.id) }
      : await starterOf(pool, sender.runId);
  const { role, personId } = behind;
  return { mayStart: role !== undefined && can(role, 'runs.start'), personId };
}

async function refusalOf(
  { pool }: Needs,
  { hops, conversation }: TaskDelivery,
  mayStart: boolean,
): Promise<string | undefined> {
  if (!mayStart) return 'Whoever is behind this message may not start tasks here.';
  if (hops > maxHops) {
    return `Agents passed this on ${hops} times, each message leading to the next: it ends here, so that they do not write to each other endlessly.`;
  }
  if ((await lengthOf(pool, conversation)) > maxConversation) {
    return `More than ${maxConversation} messages followed from one: they end here, so that agents do not write to each other endlessly.`;
  }
  return undefined;
}
