import { StepError } from '@/lib/nodes/node-type/define-node';
import { maxSqlBytes, type SqlAnswer } from '@/lib/sql/query';
import { at } from '@/lib/values/unknown';

/** A statement as a database gets it. */
export type Asked = {
  statement: string;
  parameters: unknown[];
  write: boolean;
  maxRows: number;
  timeoutMs: number;
  signal: AbortSignal;
};

/** Rows as they come, within the limits; the first one too many throws `StepError` `too_many_rows`, `response_too_large`. */
export function collector(maxRows: number) {
  const rows: Record<string, unknown>[] = [];
  let bytes = 0;
  return {
    rows,
    add(row: Record<string, unknown>) {
      if (rows.length === maxRows) {
        const message = `There are more than ${maxRows} rows. Add a limit to the statement, or raise “At most”.`;
        throw new StepError('too_many_rows', message, { noEffect: true });
      }
      bytes += JSON.stringify(row).length;
      if (bytes > maxSqlBytes) {
        const message = `The rows are larger than ${maxSqlBytes / 1_048_576} MB together. Select fewer columns or rows.`;
        throw new StepError('response_too_large', message, { noEffect: true });
      }
      rows.push(row);
    },
  };
}

export const answerOf = (
  columns: string[],
  rows: Record<string, unknown>[],
  changed: number | null,
): SqlAnswer => ({ columns, rows, rowCount: rows.length, changed });

/** Where a statement was when it failed: before anything could be changed, under way, or being committed. */
export type Stage = 'opening' | 'working' | 'committing';

/** What a database said, for people; its words name the place in the statement. */
export function saidNo(host: string, error: unknown, stage: Stage, transient: boolean): StepError {
  const said = String(at(error, 'message') ?? 'an error').slice(0, 500);
  const code = stage === 'opening' ? 'sql_sign_in' : 'sql_refused';
  const message =
    stage === 'opening'
      ? `${host} refused the connection: ${said}`
      : `The database refused it: ${said}`;
  // What a database answers with an error it has not done, and its transaction is undone.
  return new StepError(code, message, { retryable: transient, noEffect: true });
}

/** A connection that broke without a word. */
export function broken(host: string, stage: Stage, write: boolean, cause: unknown): StepError {
  if (stage === 'committing' && write) {
    const message = `${host} broke the connection while the change was being committed. It may have been done: look into the database before you run this again.`;
    return new StepError('outcome_unknown', message, { retryable: true, cause });
  }
  const reason = String(at(cause, 'message') ?? '').slice(0, 200);
  const why = reason === '' ? 'broke the connection' : `could not be used (${reason})`;
  return new StepError('network_failed', `${host} ${why}. Nothing was changed.`, {
    ...{ retryable: true, noEffect: true, cause },
  });
}

export function timedOut(host: string, timeoutMs: number, stage: Stage, write: boolean): StepError {
  if (stage === 'committing' && write) return broken(host, stage, write, undefined);
  const message = `${host} took longer than ${timeoutMs} ms. Nothing was changed.`;
  return new StepError('request_timeout', message, { retryable: true, noEffect: true });
}
