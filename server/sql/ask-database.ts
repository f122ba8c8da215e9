import { StepError } from '@/lib/nodes/node-type/define-node';
import type { SqlAnswer, SqlQuery } from '@/lib/sql/query';
import type { OpenServer } from '@/server/connections/open-connection';
import type { Egress } from '@/server/egress/client';
import { askMysql } from './mysql';
import { askPostgres } from './postgres';
import type { Asked } from './session';

type Server = OpenServer<'postgres' | 'mysql'>;

/** Asks the database of an opened connection. Throws `StepError`. */
export function askDatabase(
  egress: Egress,
  server: Server,
  { connection: _, ...query }: SqlQuery,
  signal: AbortSignal,
): Promise<SqlAnswer> {
  return ask(egress, server, { ...query, signal });
}

/** Signs in and asks for nothing, and says how that went. */
export async function tryDatabase(
  egress: Egress,
  server: Server,
): Promise<{ ok: boolean; message: string }> {
  const { host, database } = server.config;
  const signal = AbortSignal.timeout(20_000);
  const query = { statement: 'select 1 as one', parameters: [], write: false, maxRows: 1 };
  try {
    await ask(egress, server, { ...query, timeoutMs: 15_000, signal });
    return { ok: true, message: `${host} let us in to the database “${database}”.` };
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    return { ok: false, message: server.redact.text(error.message) };
  }
}

const ask = (egress: Egress, server: Server, asked: Asked): Promise<SqlAnswer> =>
  server.kind === 'postgres' ? askPostgres(egress, server, asked) : askMysql(egress, server, asked);
