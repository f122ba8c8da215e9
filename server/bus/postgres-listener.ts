import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '@/server/log';

const pingMs = 15_000;

/** A connection that listens on a channel and comes back when it broke. */
export type Line = {
  /** The connection as it is now; nothing while it is being made again. */
  client(): Client | undefined;
  /** Says that this connection does not work. */
  drop(broken: Client): void;
  close(): Promise<void>;
};

type Ears = { onFrame(frame: string): void; onBack(): void };

/** Resolves when connected and listening. A silent death of the other side shows within about 20 s. */
export async function openLine(
  url: string,
  channel: string,
  log: Log,
  { onFrame, onBack }: Ears,
): Promise<Line> {
  let client: Client | undefined;
  let closed = false;

  const open = async (): Promise<Client> => {
    const next = new Client({
      connectionString: url,
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      keepAlive: true,
      application_name: 'ensemble-bus',
    });
    next.on('error', () => drop(next));
    next.on('end', () => drop(next));
    next.on('notification', ({ payload }) => {
      if (payload !== undefined) onFrame(payload);
    });
    try {
      await next.connect();
      // A hint is worth no flush of the log, and such flushes would slow down the commits that are.
      await next.query(`set synchronous_commit = off; listen ${channel}`);
    } catch (error) {
      void next.end().catch(() => undefined);
      throw error;
    }
    return next;
  };

  const drop = (broken: Client) => {
    if (client !== broken) return;
    client = undefined;
    void broken.end().catch(() => undefined);
    if (!closed) void reconnect();
  };

  const reconnect = async () => {
    log.warn('the bus lost its connection');
    for (let wait = 50; !closed; wait = Math.min(wait * 2, 1000)) {
      await sleep(wait, undefined, { ref: false });
      const next = await open().catch(() => undefined);
      if (next === undefined) continue;
      if (closed) {
        void next.end().catch(() => undefined);
        return;
      }
      client = next;
      log.info('the bus is connected again');
      onBack();
      return;
    }
  };

  const ping = setInterval(() => {
    const using = client;
    using?.query('select 1').catch(() => drop(using));
  }, pingMs);
  ping.unref();

  client = await open();
  return {
    client: () => client,
    drop,
    async close() {
      closed = true;
      clearInterval(ping);
      const using = client;
      client = undefined;
      await using?.end().catch(() => undefined);
    },
  };
}
