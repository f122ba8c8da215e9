import { createInterface } from 'node:readline';
import { Client } from 'pg';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { startWorker } from '@/server/runs/worker/worker';
import { sendEvent } from '../send-event';

/**
 * A process of the product that kills itself, with the signal that nobody can catch, right after the database has done
 * the `n`-th statement: what was committed stands, and nobody here heard of it. `work` runs steps from its line on standard
 * input on, and counts from its first commit of a run; `send` sends the event that its line names.
 */
const [role = ''] = process.argv.slice(2);
let left = Number.POSITIVE_INFINITY;
let counting = role === 'send';

type Query = (...given: unknown[]) => unknown;
const query = Client.prototype.query as unknown as Query;
Client.prototype.query = function counted(this: Client, ...given: unknown[]) {
  const [asked] = given;
  const text = typeof asked === 'string' ? asked : (asked as { text?: string }).text;
  counting ||= left > 0 && text?.includes('insert into run_event') === true;
  const done = query.apply(this, given);
  if (done instanceof Promise) done.then(count, count);
  return done;
} as typeof Client.prototype.query;

function count() {
  if (!counting) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

const services = await createServices(config(), 'dying');

type Line = {
  after: number;
  event?: { actor: Actor; channel: string; payload: unknown; key: string };
};
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { after, event } = JSON.parse(line) as Line;
    left = after;
    if (event) void send(event);
    else void startWorker(services);
  })
  .on('close', () => process.exit(1));

async function send({ actor, channel, payload, key }: NonNullable<Line['event']>) {
  const headers = new Headers({ 'idempotency-key': key });
  const body = { channel, payload: payload as never };
  await sendEvent(services, actor, { params: {}, query: {}, body }, { headers });
  process.stdout.write('sent\n');
}
process.stdout.write('ready\n');
