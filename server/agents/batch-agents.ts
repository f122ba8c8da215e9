import type { BatchItem, batchAgents as contract } from '@/lib/agents/batch-contract';
import type { Agent } from '@/lib/agents/schema';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { createAgent } from './create-agent';
import { deleteAgent } from './delete-agent';
import { updateAgent } from './update-agent';

/** Creates, updates and deletes agents one after another; each is a change of its own, and one that is refused says why. */
export async function batchAgents(
  services: Services,
  actor: Actor,
  { body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const items: BatchItem[] = [];
  const none = { params: {}, query: {}, body: undefined };
  for (const [index, agent] of body.create.entries()) {
    const work = () => createAgent(services, actor, { ...none, body: agent });
    items.push(await itemOf('create', index, work));
  }
  for (const [index, { id, agent }] of body.update.entries()) {
    const work = () => updateAgent(services, actor, { ...none, params: { id }, body: agent });
    items.push(await itemOf('update', index, work));
  }
  for (const [index, id] of body.delete.entries()) {
    const work = () => deleteAgent(services, actor, { ...none, params: { id } });
    items.push(await itemOf('delete', index, work));
  }
  return { items };
}

async function itemOf(
  what: BatchItem['do'],
  index: number,
  work: () => Promise<Agent | { id: string }>,
): Promise<BatchItem> {
  try {
    const done = await work();
    return { do: what, index, ok: true, id: done.id, agent: 'handle' in done ? done : null };
  } catch (error) {
    if (!AppError.isInstance(error)) throw error;
    const { code, message } = error;
    return { do: what, index, ok: false, error: { code, message } };
  }
}
