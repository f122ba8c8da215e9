import { Pool, type PoolConfig } from 'pg';
import { type Config, databaseUrl } from '@/server/config';
import { nameStatements } from './name-statements';

/** What a pool tells about connections that broke while idle. */
type Warn = Readonly<{ warn: (details: object, message: string) => void }>;

/**
 * Every statement of the hot stores has its index. A plan that was made while a table was still empty would read the
 * whole table, and a prepared statement keeps it until the table is analysed: a quarter of a commit's time.
 */
const byIndex = '-c enable_seqscan=off -c jit=off';

/**
 * The connections of one process to Postgres, opened when first needed: `pool` for all ordinary work, `healthPool`
 * for leases and health, so that an overload of the first cannot stop the heartbeats. A lost connection fails only
 * the query on it. Dates come back as Date, bigint and numeric as string.
 */
export function createPools(config: Config, log: Warn): { pool: Pool; healthPool: Pool } {
  return {
    pool: createPool(config, log, { max: config.poolSize, options: byIndex }),
    healthPool: createPool(config, log, { max: 2, min: 1, statement_timeout: 5000 }),
  };
}

/** One pool with the time limits that all have: 5 s to connect, 60 s for a statement or an idle transaction. */
export function createPool(config: Config, log: Warn, options: PoolConfig): Pool {
  const pool = new Pool({
    connectionString: databaseUrl(config),
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    statement_timeout: 60_000,
    ...options,
  });
  // The pool replaces an idle connection that breaks; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'));
  // Nor does the pool listen to a connection that somebody holds between two statements; the next one tells.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    nameStatements(client);
  });
  return pool;
}
