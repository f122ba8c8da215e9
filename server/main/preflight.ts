import { Redis } from 'ioredis';
import { Client } from 'pg';
import { isFree } from '@/server/embedded/port';

/** Throws with one line that says what to do when nothing can listen on this port. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  if (await isFree(port, host)) return;
  throw new Error(
    `Port ${port} on ${host} is in use by another program. Stop it or choose another port: PORT=${port + 1} npm start`,
  );
}

/** Throws with one line that says what to do when the database does not answer within 10 s. */
export async function requireDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    throw new Error(
      `The database at ${place(url)} cannot be used (${reason(error)}). Start it or correct DATABASE_URL. Without DATABASE_URL, Ensemble uses its embedded Postgres.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Throws with one line that says what to do when Redis does not answer within 10 s. */
export async function requireRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 10_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let cause: unknown;
  client.on('error', (error) => {
    cause = error;
  });
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw new Error(
      `Redis at ${place(url)} cannot be used (${reason(cause ?? error)}). Start it or correct REDIS_URL. Without REDIS_URL, Ensemble does not need Redis.`,
    );
  } finally {
    client.disconnect();
  }
}

/** Where, without who and how: no password reaches a terminal. */
function place(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

function reason(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error ? first.message || first.name : String(first);
}
