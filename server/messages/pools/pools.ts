import type { PoolClient } from 'pg';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type * as contracts from '@/lib/messages/pool-contract';
import { type PoolRead, type PoolView, poolReadSchema, turnsOf } from '@/lib/messages/pools';
import type { Actor } from '@/lib/people/schema';
import { requireUnchanged } from '@/server/db/require-unchanged';
import { transaction } from '@/server/db/transaction';
import type { Services } from '@/server/services';
import { findMailbox, insertMailbox } from '../mailbox-store';
import { tellMessages } from '../tell';
import { agentsCalled, changePool, holdPool, poolsOf, replaceMembers } from './pool-store';

type Needs = Pick<Services, 'pool' | 'bus'>;

const noPool = () => new AppError('not_found', 'This pool does not exist.');

export async function listPools(
  { pool }: Pick<Services, 'pool'>,
  { workspaceId }: Actor,
  _input: InputOf<typeof contracts.listPools>,
): Promise<ResultOf<typeof contracts.listPools>> {
  return { items: await poolsOf(pool, workspaceId) };
}

/** Throws `conflict` for a taken name, `invalid_input` for agents that are not there. */
export async function createPool(
  { pool, bus }: Needs,
  { workspaceId }: Actor,
  { body: { name, agents, ...settings } }: InputOf<typeof contracts.createPool>,
): Promise<ResultOf<typeof contracts.createPool>> {
  const made = await transaction(pool, async (client) => {
    if (!(await insertMailbox(client, workspaceId, 'pool', name))) {
      throw new AppError('conflict', `There is already a pool "${name}". Choose another name.`);
    }
    const mailbox = await findMailbox(client, workspaceId, { kind: 'pool', name });
    if (mailbox === undefined) throw noPool();
    await changePool(client, workspaceId, mailbox.id, settings);
    await setAgents(client, workspaceId, mailbox.id, agents);
    return onePool(client, workspaceId, mailbox.id);
  });
  tellMessages(bus, workspaceId);
  return made;
}

/** Throws `not_found`, and `invalid_input` for agents that are not there. */
export async function updatePool(
  { pool, bus }: Needs,
  { workspaceId }: Actor,
  { params: { id }, body: { agents, strategy, was } }: InputOf<typeof contracts.updatePool>,
): Promise<ResultOf<typeof contracts.updatePool>> {
  const changed = await transaction(pool, async (client) => {
    const now = await holdPool(client, workspaceId, id);
    if (now === undefined) throw noPool();
    if (was !== undefined) requireAsRead(was, await onePool(client, workspaceId, id));
    await changePool(client, workspaceId, id, { strategy: strategy ?? now.strategy });
    if (agents !== undefined) await setAgents(client, workspaceId, id, agents);
    return onePool(client, workspaceId, id);
  });
  tellMessages(bus, workspaceId);
  return changed;
}

function requireAsRead({ strategy, agents }: PoolRead, now: PoolView): void {
  const sorted = (list: NonNullable<PoolRead['agents']>) =>
    list.toSorted((a, b) => (a.agent < b.agent ? -1 : 1));
  const was = { strategy, ...(agents ? { agents: sorted(agents) } : {}) };
  const members = now.agents.map(({ handle, weight }) => ({ agent: handle, weight }));
  const current = { strategy: now.strategy, agents: sorted(members) };
  requireUnchanged(poolReadSchema, was, current, `The pool ${now.name}`);
}

async function onePool(client: PoolClient, workspaceId: string, id: string) {
  const [found] = await poolsOf(client, workspaceId, id);
  if (found === undefined) throw noPool();
  return found;
}

async function setAgents(
  client: PoolClient,
  workspaceId: string,
  id: string,
  agents: readonly { agent: string; weight: number }[],
): Promise<void> {
  const handles = agents.map(({ agent }) => agent);
  const twice = handles.find((handle, index) => handles.indexOf(handle) !== index);
  if (twice !== undefined) {
    throw new AppError('invalid_input', `agents: @${twice} is named twice. Nothing was changed.`);
  }
  const known = await agentsCalled(client, workspaceId, handles);
  const members = agents.map(({ agent, weight }) => {
    const found = known.get(agent);
    if (found === undefined) {
      const message = `agents: there is no agent @${agent} here. Nothing was changed.`;
      throw new AppError('invalid_input', message);
    }
    return { id: found, weight };
  });
  await replaceMembers(client, workspaceId, { id, members, turns: turnsOf(members) });
}
