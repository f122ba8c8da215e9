import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import type { Delivery, Trigger } from '@/lib/triggers/contract';
import { linkPaths } from '@/lib/triggers/link';
import { neverComes } from '@/lib/triggers/never-comes';
import { nextTimes, rhythmProblem } from '@/lib/triggers/next-times';
import type { Services } from '@/server/services';
import { linkToken } from './links/link-token';
import { type DeliveryRow, findTrigger, type TriggerRow } from './store';

/** A trigger as people see it. `problems`: see {@link problemsOf}. */
export function viewTrigger(
  services: Pick<Services, 'config'>,
  row: TriggerRow,
  problems: string[],
): Trigger {
  const shared = {
    id: row.id,
    workflowId: row.workflowId,
    name: row.name,
    enabled: row.enabled,
    problems,
    createdAt: row.createdAt.toISOString(),
    lastAt: dateOf(row.lastAt),
    lastRun: runOf(row.lastRunId, row.lastRunStatus),
  };
  switch (row.kind) {
    case 'schedule':
      return { ...shared, kind: row.kind, config: row.config, nextAt: dateOf(row.nextAt) };
    case 'chat':
      return { ...shared, kind: row.kind, config: row.config };
    case 'form':
      return { ...shared, kind: row.kind, config: row.config };
    case 'mail':
      return { ...shared, kind: row.kind, config: row.config, lookedAt: dateOf(row.lookedAt) };
    case 'webhook': {
      const until = dateOf(row.oldUntil);
      return {
        ...shared,
        kind: row.kind,
        config: row.config,
        url: hookUrl(services, row.id),
        secretHint: row.hint,
        oldSecret: until === null ? null : { hint: row.oldHint, until },
      };
    }
  }
}

/** Where requests for a webhook go. */
export const hookUrl = ({ config }: Pick<Services, 'config'>, id: string): string =>
  `${config.url}/api/v2/hooks/${id}`;

/** Where people open a form or a chat. */
export const linkUrl = (
  { config }: Pick<Services, 'config'>,
  kind: keyof typeof linkPaths,
  id: string,
  secret: string,
): string => `${config.url}${linkPaths[kind]}/${linkToken(id, secret)}`;

const dateOf = (date: Date | null) => date?.toISOString() ?? null;

export function viewDelivery({ id, at, outcome, note, runId, runStatus }: DeliveryRow): Delivery {
  return { id, at: at.toISOString(), outcome, note, run: runOf(runId, runStatus) };
}

function runOf(id: string | null, status: TriggerRow['lastRunStatus']) {
  return id === null || status === null ? null : { id, status };
}

export const noTrigger = () => new AppError('not_found', 'This trigger does not exist.');

/** A trigger of the actor's workspace. Throws `not_found` for any other. */
export async function requireTrigger(
  { pool }: Pick<Services, 'pool'>,
  actor: Pick<Actor, 'workspaceId'>,
  id: string,
): Promise<TriggerRow> {
  const row = await findTrigger(pool, actor.workspaceId, id);
  if (!row) throw noTrigger();
  return row;
}

/**
 * When a trigger is due next; nothing for one that is off, or that no time starts. Throws `invalid_input` for a cron
 * expression or a time zone that is none.
 */
export function nextOf(
  trigger: Pick<TriggerRow, 'enabled'> & Pick<TriggerRow, 'kind' | 'config'>,
  now: number,
): Date | null {
  if (!('cron' in trigger.config)) return null;
  const problem = rhythmProblem(trigger.config);
  // One of before that never comes can still be turned off.
  const off = !trigger.enabled && neverComes(trigger.config.cron);
  if (problem && !off) {
    throw new AppError('invalid_input', `config.${problem.field}: ${problem.message}`);
  }
  const next = trigger.enabled ? nextTimes(trigger.config, now, 1)[0] : undefined;
  return next === undefined ? null : new Date(next);
}
