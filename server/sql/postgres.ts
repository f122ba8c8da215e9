import { isIP } from 'node:net';
import { Client, Query } from 'pg';
import { readJson } from '@/lib/api/json/read-json';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { SqlAnswer } from '@/lib/sql/query';
import { listIn } from '@/lib/values/unknown';
import type { OpenServer } from '@/server/connections/open-connection';
import { sqlState } from '@/server/db/transaction';
import type { Egress } from '@/server/egress/client';
import { type Asked, answerOf, broken, collector, type Stage, saidNo, timedOut } from './session';

type Server = OpenServer<'postgres'>;

const openingMs = 15_000;
/** SQLSTATE classes of what may pass: no connection to be had, conflicts of transactions, locks, shutdown. */
const transient = /^(08|40|53|55P03|57P)/;

/**
 * Does one statement in a transaction of its own, read-only unless it may write. Values travel beside it in the extended
 * protocol, which takes one statement only. Throws `StepError`.
 */
export async function askPostgres(
  egress: Egress,
  server: Server,
  asked: Asked,
): Promise<SqlAnswer> {
  const { host } = server.config;
  let stage: Stage = 'opening';
  let late = false;
  const client = await clientOf(egress, server, asked.signal);
  const { promise: ended, reject } = Promise.withResolvers<never>();
  ended.catch(() => undefined);
  client.on('error', reject);
  client.on('end', () => reject(new Error('')));
  const stop = () => {
    reject(asked.signal.reason);
    client.connection.stream.destroy();
  };
  asked.signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => {
    late = true;
    client.connection.stream.destroy();
    reject(new Error('late'));
  }, asked.timeoutMs);
  const within = <T>(work: Promise<T>) => Promise.race([ended, work]);
  try {
    await within(client.connect());
    stage = 'working';
    await within(client.query(`begin ${asked.write ? 'read write' : 'read only'}`));
    await within(client.query(`set local statement_timeout = ${Math.trunc(asked.timeoutMs)}`));
    const answer = await within(ask(client, asked));
    stage = 'committing';
    await within(client.query('commit'));
    return answer;
  } catch (error) {
    asked.signal.throwIfAborted();
    if (StepError.isInstance(error)) throw error;
    if (late) throw timedOut(host, asked.timeoutMs, stage, asked.write);
    const state = sqlState(error);
    if (state === '57014') throw timedOut(host, asked.timeoutMs, 'working', asked.write);
    if (state === undefined) throw broken(host, stage, asked.write, error);
    throw saidNo(host, error, stage, transient.test(state));
  } finally {
    clearTimeout(timer);
    asked.signal.removeEventListener('abort', stop);
    client.connection.stream.destroy();
  }
}

type SocketOwner = { connection: { stream: { destroy(): void } } };

async function clientOf(egress: Egress, { config, secret }: Server, signal: AbortSignal) {
  const { host, port, database, userName, security, certificate } = config;
  const bare = host.replace(/^\[|\]$/g, '');
  const socket = await egress.connect({ host, port, timeoutMs: openingMs, signal });
  // The socket is open already; the client waits to hear that.
  socket.connect = () => {
    process.nextTick(() => socket.emit('connect'));
    return socket;
  };
  const client = new Client({
    ...{ host: bare, port, database, user: userName, password: secret },
    application_name: 'ensemble',
    stream: () => socket,
    ssl:
      security === 'tls'
        ? {
            minVersion: 'TLSv1.2',
            ...(isIP(bare) ? {} : { servername: bare }),
            ...(certificate ? { ca: certificate } : {}),
          }
        : false,
  });
  return client as Client & SocketOwner;
}

function ask(client: Client, { statement, parameters, maxRows }: Asked): Promise<SqlAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<SqlAnswer>();
  const found = collector(maxRows);
  const query = new Query({
    ...{ text: statement, values: parameters.map(parameterOf), queryMode: 'extended' },
    types: { getTypeParser: (oid: number) => readers[oid] ?? String },
  });
  query.on('row', (row: Record<string, unknown>) => {
    try {
      found.add(row);
    } catch (error) {
      reject(error);
    }
  });
  query.on('error', reject);
  query.on('end', ({ command, fields, rowCount }) => {
    const columns = listIn(fields).flatMap((field) => nameOf(field));
    const changes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command);
    resolve(answerOf(columns, found.rows, changes ? rowCount : null));
  });
  client.query(query);
  return promise;
}

const nameOf = (field: unknown): string[] =>
  typeof field === 'object' && field !== null && 'name' in field ? [String(field.name)] : [];

/** Lists and objects as JSON: a driver would write a list as an array of the database, whose form depends on its type. */
function parameterOf(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

/** A number only where none of its digits is lost. */
const numberOf = (text: string): number | string => {
  const number = Number(text);
  return String(number) === text ? number : text;
};
const jsonOf = (text: string): unknown => {
  const read = readJson(text);
  return read.ok ? read.value : text;
};
/** By the ids of PostgreSQL's types: bool, integers, floats, numeric, json. All else stays the text that it is. */
const readers: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  ...Object.fromEntries([20, 21, 23, 26, 700, 701, 1700].map((oid) => [oid, numberOf])),
  ...Object.fromEntries([114, 3802].map((oid) => [oid, jsonOf])),
};
