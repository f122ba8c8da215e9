import { isIP } from 'node:net';
import { type Connection, createConnection } from 'mysql2';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { SqlAnswer } from '@/lib/sql/query';
import { at, isRecord, listIn } from '@/lib/values/unknown';
import type { OpenServer } from '@/server/connections/open-connection';
import type { Egress } from '@/server/egress/client';
import { type Asked, answerOf, broken, collector, type Stage, saidNo, timedOut } from './session';

type Server = OpenServer<'mysql'>;

const openingMs = 15_000;
/** Too many connections, lock waits, deadlocks, shutdown. */
const transient: ReadonlySet<unknown> = new Set([1040, 1053, 1205, 1213, 1203]);

/** The same as for PostgreSQL: one prepared statement in a transaction of its own, read-only unless it may write. */
export async function askMysql(egress: Egress, server: Server, asked: Asked): Promise<SqlAnswer> {
  const { host } = server.config;
  let stage: Stage = 'opening';
  let late = false;
  const connection = await connectionOf(egress, server, asked.signal);
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => undefined);
  connection.on('error', reject);
  const stop = () => {
    reject(asked.signal.reason);
    connection.destroy();
  };
  asked.signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    late = true;
    connection.destroy();
    reject(new Error('late'));
  }, asked.timeoutMs);
  const done = (start: (callback: (error: unknown) => void) => void) =>
    Promise.race([
      ended,
      new Promise<void>((resolve, fail) => {
        start((error) => (error ? fail(error) : resolve()));
      }),
    ]);
  try {
    await done((callback) => connection.connect(callback));
    stage = 'working';
    // For the session too: whatever a statement ends, the next one could not write either.
    const mode = asked.write ? 'read write' : 'read only';
    await done((callback) => connection.query(`set session transaction ${mode}`, callback));
    await done((callback) => connection.query(`start transaction ${mode}`, callback));
    const answer = await Promise.race([ended, ask(connection, asked)]);
    stage = 'committing';
    await done((callback) => connection.query('commit', callback));
    return answer;
  } catch (error) {
    asked.signal.throwIfAborted();
    if (StepError.isInstance(error)) throw error;
    if (late) throw timedOut(host, asked.timeoutMs, stage, asked.write);
    const number = at(error, 'errno');
    if (at(error, 'sqlState') === undefined) throw broken(host, stage, asked.write, error);
    throw saidNo(host, error, stage, transient.has(number));
  } finally {
    clearTimeout(timer);
    asked.signal.removeEventListener('abort', stop);
    connection.destroy();
  }
}

async function connectionOf(
  egress: Egress,
  { config, secret }: Server,
  signal: AbortSignal,
): Promise<Connection> {
  const { host, port, database, userName, security, certificate } = config;
  const bare = host.replace(/^\[|\]$/g, '');
  const socket = await egress.connect({ host, port, timeoutMs: openingMs, signal });
  const tls = {
    ...{ minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: !isIP(bare) },
    ...(certificate ? { ca: certificate } : {}),
  };
  return createConnection({
    ...{ host: bare, port, database, user: userName, password: secret },
    ...{ stream: socket, connectTimeout: openingMs, multipleStatements: false },
    ...{ supportBigNumbers: true, dateStrings: true, charset: 'utf8mb4' },
    // Nobody reads files of this machine, and no server asks for the password in clear.
    flags: ['-LOCAL_FILES'],
    ...(security === 'tls' ? { ssl: tls } : {}),
  });
}

function ask(
  connection: Connection,
  { statement, parameters, maxRows }: Asked,
): Promise<SqlAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<SqlAnswer>();
  const found = collector(maxRows);
  let columns: string[] = [];
  let changed: number | null = null;
  const query = connection.execute(statement, parameters.map(parameterOf));
  query.on('error', reject);
  query.on('fields', (fields: unknown) => {
    columns = listIn(fields).map((field) => String(at(field, 'name')));
  });
  query.on('result', (row: unknown) => {
    // What changes something answers with a header instead of rows.
    const affected = at(row, 'affectedRows');
    if (columns.length === 0 && typeof affected === 'number') {
      changed = affected;
      return;
    }
    try {
      if (isRecord(row)) found.add(plainRow(row));
    } catch (error) {
      reject(error);
    }
  });
  query.on('end', () => resolve(answerOf(columns, found.rows, changed)));
  return promise;
}

const plainRow = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? value.toString('base64') : value,
    ]),
  );

function parameterOf(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}
