import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Actor } from '@/lib/people/schema';
import { webhookConfigSchema } from '@/lib/triggers/schema';
import type { Services } from '@/server/services';
import { createTrigger } from '@/server/triggers/create-trigger';
import { dueSchedules, fireSchedule } from '@/server/triggers/fire-schedule';
import { receiveHook } from '@/server/triggers/hooks/receive-hook';
import { sign } from '@/server/triggers/verify/signature';
import type { Notified } from './notified';
import type { Asking } from './people';

type Parts = { pool: Pool; asking: Asking; notified: Notified; random: () => number };
type Hook = { id: string; secret: string };

const many = 8;

/** Schedules and webhooks of a workflow, which the test makes due and calls. */
export async function makeTriggers(services: Services, actor: Actor, workflowId: string) {
  const make = (body: Parameters<typeof createTrigger>[2]['body']) =>
    createTrigger(services, actor, { params: { id: workflowId }, query: {}, body });
  const schedules: string[] = [];
  const hooks: Hook[] = [];
  const rest = { name: '', enabled: true };
  const rhythm = { cron: '0 0 1 1 *', timeZone: 'UTC', input: {} };
  for (let n = 0; n < many; n += 1) {
    const config = { ...rhythm, missed: 'once', overlap: 'start' } as const;
    schedules.push((await make({ ...rest, kind: 'schedule', config })).trigger.id);
    const answer = n % 2 === 0 ? 'now' : 'wait';
    const { trigger, secret = '' } = await make({
      ...rest,
      kind: 'webhook',
      config: webhookConfigSchema.parse({ answer }),
    });
    hooks.push({ id: trigger.id, secret });
  }
  return { schedules, hooks };
}
export type Triggers = Awaited<ReturnType<typeof makeTriggers>>;

/** Time passes, and requests come; `asking` is whoever looks or listens. */
export function createOutside({ pool, asking, notified, random }: Parts, triggers: Triggers) {
  const one = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
  return {
    /** A schedule becomes due, and somebody looks. */
    async schedule() {
      const { rows } = await pool.query<{ due: Date }>(
        `update trigger set next_at = date_trunc('milliseconds', clock_timestamp())
         where id = $1 and next_at > clock_timestamp() + interval '1 minute' returning next_at as due, id`,
        [one(triggers.schedules)],
      );
      await asking(async (services) => {
        for (const row of await dueSchedules(services.pool, 50)) await fireSchedule(services, row);
        return true;
      });
      const [row] = rows as { due: Date; id: string }[];
      if (row) notified.keys.set(`trigger:${row.id}:${row.due.toISOString()}`, undefined);
    },
    /** A request comes, and comes again until it is answered. Resolves to its run. */
    async hook(): Promise<string | undefined> {
      const { id, secret } = one(triggers.hooks);
      const delivery = randomUUID();
      const text = '{"order":7}';
      const timestamp = String(Math.floor(Date.now() / 1000));
      const headers = {
        'webhook-id': delivery,
        'webhook-timestamp': timestamp,
        'webhook-signature': sign(secret, { id: delivery, timestamp, body: text }),
      };
      const given = { params: { id }, query: {}, body: undefined };
      const body = {
        read: async () => new TextEncoder().encode(text),
        parse: () => ({ text, mediaType: 'application/json' }),
      };
      const answer = await asking(async (services) => {
        const request = new Request('http://here/', { method: 'POST', headers });
        const response = await receiveHook(services, given, body, request);
        // What was not taken promises nothing: the sender comes again.
        if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
        return (await response.json()) as { run: string };
      });
      if (answer) notified.keys.set(`trigger:${id}:${delivery}`, answer.run);
      return answer?.run;
    },
  };
}
