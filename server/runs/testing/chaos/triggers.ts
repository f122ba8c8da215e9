import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { sign } from '@/server/triggers/verify/signature';
import type { Answer, ChaosLedger, Client } from './client';

/** A webhook that somebody outside knows. */
export type Hook = { id: string; secret: string };

/** Makes a webhook of a workflow. */
export async function makeHook(
  client: Client,
  workflowId: string,
  answer: 'now' | 'wait',
): Promise<Hook> {
  const body = { kind: 'webhook', config: { answer } };
  const made = await client.ask('POST', `/workflows/${workflowId}/triggers`, body);
  if (made.status !== 201) throw new Error(JSON.stringify(made));
  return { id: made.body.trigger.id, secret: made.body.secret };
}

/** What `deliver` says, once or again: the same delivery, signed once. */
export function aDelivery(stranger: Client, hook: Hook) {
  const id = randomUUID();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const body = { order: 7 };
  const signature = sign(hook.secret, { id, timestamp, body: JSON.stringify(body) });
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  };
  const deliver = (): Promise<Answer> => stranger.ask('POST', `/hooks/${hook.id}`, body, headers);
  return { id, deliver };
}

/** Never by itself: the test makes it due. */
const rhythm = { cron: '0 0 1 1 *', timeZone: 'UTC', missed: 'once', overlap: 'start' };

/** Makes schedules due again and again, each time written down when the database has it. */
export async function openSchedules(
  { pool, client, ledger }: { pool: Pool; client: Client; ledger: ChaosLedger },
  workflowId: string,
  count: number,
) {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const body = { kind: 'schedule', config: rhythm };
    const made = await client.ask('POST', `/workflows/${workflowId}/triggers`, body);
    if (made.status !== 201) throw new Error(JSON.stringify(made));
    ids.push(made.body.trigger.id);
  }
  let over = false;
  const makeDue = async (id: string) => {
    // Only one that has moved on from the time before.
    const { rows } = await pool.query<{ due: Date }>(
      `update trigger set next_at = date_trunc('milliseconds', clock_timestamp())
       where id = $1 and next_at > clock_timestamp() + interval '1 second' returning next_at as due`,
      [id],
    );
    for (const { due } of rows) {
      ledger.note({ what: 'due', run: '', trigger: id, due: due.toISOString() });
    }
  };
  const going = (async () => {
    for (let n = 0; !over; n += 1) {
      await makeDue(ids[n % ids.length] as string).catch(() => undefined);
      await sleep(400);
    }
  })();
  return {
    /** No more; resolves when none is due, or nobody cares any more. */
    async end(isOver: () => boolean) {
      over = true;
      await going;
      const text = 'select 1 from trigger where enabled and next_at <= clock_timestamp()';
      while (!isOver()) {
        const left = await pool.query(text).catch(() => undefined);
        if (left?.rowCount === 0) return;
        await sleep(200);
      }
    },
  };
}
