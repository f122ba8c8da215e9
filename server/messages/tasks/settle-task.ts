import { isAppError } from '@/lib/api/errors';
import { retryDelayMs } from '@/lib/messages/schema';
import { at } from '@/lib/values/unknown';
import type { Services } from '@/server/services';
import { taintFor } from '@/server/tools/lineage/taint';
import { answer } from '../reply';
import { settleAll } from '../work';
import { type EndedTask, isAnswered, taskHolder } from './task-store';

type Needs = Pick<Services, 'pool' | 'bus' | 'engine' | 'log'>;

/**
 * Settles a message by the end of its task: done with its reply sent before, tried again after a failure that may pass,
 * dead after any other, cancelled with it. Repeating it changes nothing.
 */
export async function settleTask(services: Needs, task: EndedTask): Promise<void> {
  const { workspaceId, mailId, mailboxId, attempt, failures, status, error } = task;
  if (status === 'succeeded' && task.reply !== null) await sendReply(services, task);
  const passes = error?.retryable === true;
  const end =
    status === 'succeeded'
      ? ('done' as const)
      : status === 'cancelled'
        ? ('cancel' as const)
        : passes
          ? ('fail' as const)
          : ('poison' as const);
  const said =
    status === 'cancelled'
      ? 'Its task was cancelled.'
      : `Its task failed: ${error?.message ?? 'nobody knows why'}`.slice(0, 4_000);
  const item = {
    ...{ message: mailId, mailbox: mailboxId, attempt, end },
    ...(end === 'done' ? {} : { error: said }),
    delayMs: retryDelayMs(failures, Math.random()),
  };
  await settleAll(services.pool, workspaceId, taskHolder, [item]);
}

async function sendReply(services: Needs, task: EndedTask): Promise<void> {
  const { workspaceId, mailId, mailboxId, runId, handle, sender, hops, reply } = task;
  if (await isAnswered(services.pool, mailId)) return;
  const output = await services.engine.blobs.reader(runId)(task.output);
  const body = at(output, 'text') ?? output ?? null;
  const { type, conversation } = task;
  const mail = { id: mailId, sender, type, body: task.body, conversation, hops, reply };
  const nothing = { outside: false, private: false };
  const seen = await taintFor(services.pool, { runId, stepId: 'task', taint: nothing });
  const by = {
    ...{ kind: 'run' as const, runId, stepId: 'task', name: handle ?? 'An agent of a pool' },
    ...(handle === null ? {} : { agent: handle }),
    ...(seen.outside ? { outside: true as const } : {}),
    ...(seen.private ? { private: true as const } : {}),
  };
  try {
    await answer(services, mail, {
      ...{ workspaceId, sender: by, senderKey: 'steps', body },
      key: `reply/${mailId}/${mailboxId}`,
    });
  } catch (error) {
    // Somebody else has answered, or nobody is there to hear it: the task is done all the same.
    if (!isAppError(error) || error.code === 'unavailable') throw error;
  }
}
