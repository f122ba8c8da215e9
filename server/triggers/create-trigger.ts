import { randomUUID } from 'node:crypto';
import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { createTrigger as contract } from '@/lib/triggers/contract';
import { maxTriggers } from '@/lib/triggers/schema';
import { requireUsable } from '@/server/connections/require-usable';
import { transaction } from '@/server/db/transaction';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { makeLink } from './links/link-token';
import { insertMailbox } from './mail/mailbox-store';
import { type HookSecret, makeSecret } from './secrets';
import { showTrigger } from './show-trigger';
import { holdWorkflow, insertTrigger, triggersOf } from './store';
import { nextOf } from './view';

/** Adds a trigger to a workflow. Throws `not_found`, and `conflict` where there are too many. */
export async function createTrigger(
  services: Services,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, vault, bus } = services;
  const { workspaceId, userId } = actor;
  const { id: workflowId } = await requireWorkflow(services, actor, params.id);
  if (body.kind === 'mail') await requireUsable(services, actor, [body.config.connection]);
  const id = randomUUID();
  const owner = { workspaceId, id };
  const secret = secretOf(vault, owner, body);
  await transaction(pool, async (client) => {
    await holdWorkflow(client, workflowId);
    const others = await triggersOf(client, workspaceId, workflowId);
    if (others.length >= maxTriggers) {
      throw new AppError('conflict', `A workflow may have ${maxTriggers} triggers.`);
    }
    if (body.kind === 'chat' && others.some(({ kind }) => kind === 'chat')) {
      throw new AppError('conflict', 'This workflow already has a chat.');
    }
    await insertTrigger(client, {
      ...body,
      secret,
      id,
      workspaceId,
      workflowId,
      nextAt: nextOf(body, Date.now()),
      createdBy: userId,
    });
    if (body.kind === 'mail') await insertMailbox(client, id);
    const { kind, name, enabled, config } = body;
    const detail = { workflowId, kind, name, enabled, config: shownConfig(config) };
    await insertAudit(client, actor, 'trigger.created', { type: 'trigger', id: id }, detail);
  });
  bus.publish(`workspace:${workspaceId}`, { kind: 'trigger', id });
  const trigger = await showTrigger(services, actor, id);
  return secret?.made === undefined ? { trigger } : { trigger, secret: secret.made };
}

/** What proves who sends to a webhook; the end of a link of what is shared by one. */
function secretOf(
  vault: Services['vault'],
  owner: { workspaceId: string; id: string },
  body: InputOf<typeof contract>['body'],
): HookSecret | undefined {
  if (body.kind === 'webhook') return makeSecret(vault, owner, body.config.auth, body.secret);
  return body.kind === 'form' || body.kind === 'chat' ? makeLink(vault, owner) : undefined;
}

/** Settings for the audit trail: a run's input may be large, and private. */
export function shownConfig(config: object): object {
  if (!('input' in config)) return config;
  const { input: _input, ...rest } = config;
  return rest;
}
