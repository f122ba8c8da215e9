import type { Pool, PoolClient } from 'pg';
import { hasMark } from '@/lib/api/has-mark';
import { at } from '@/lib/values/unknown';

const commitUncertainMark = Symbol.for('ensemble.CommitUncertain');

/** The connection broke after COMMIT was sent: the work may be done or not. Read it again by its key. */
export class CommitUncertain extends Error {
  readonly [commitUncertainMark] = true;
  static isInstance(value: unknown): value is CommitUncertain {
    return hasMark(value, commitUncertainMark);
  }
  override readonly name = 'CommitUncertain';
}

/**
 * Runs `work` in one transaction and gives back its result once that is committed; an error undoes everything.
 * A serialization failure or a deadlock repeats the whole work, up to five times, so `work` must do nothing
 * outside the database. Throws {@link CommitUncertain} when nobody can tell.
 */
export async function transaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(pool, work);
    } catch (error) {
      if (attempt === 5 || !isRepeatable(error)) throw error;
    }
  }
}

async function once<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(client).catch(async (error: unknown) => {
      await client.query('rollback').catch(() => {
        broken = true;
      });
      throw error;
    });
    await client.query('commit').catch((error: unknown) => {
      broken = true;
      if (sqlState(error) !== undefined && !isShutdown(error)) throw error;
      throw new CommitUncertain('The connection broke during COMMIT.', { cause: error });
    });
    return result;
  } catch (error) {
    // Postgres names an error when it ends a connection: that one is of no more use, also when BEGIN met it.
    broken ||= isShutdown(error) || (sqlState(error) === undefined && isConnectionError(error));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The five letters by which Postgres names an error; nothing for an error of the connection. */
export function sqlState(error: unknown): string | undefined {
  const code = at(error, 'code');
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

const isRepeatable = (error: unknown) => ['40001', '40P01'].includes(sqlState(error) ?? '');
const isShutdown = (error: unknown) => (sqlState(error) ?? '').startsWith('57P');
const isConnectionError = (error: unknown) =>
  error instanceof Error && /connection|ECONN|EPIPE|timeout/i.test(error.message);
