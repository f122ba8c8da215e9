import { createHash } from 'node:crypto';
import type { ClientBase, QueryConfig } from 'pg';

/**
 * Makes a connection know its prepared statements by their text too. A connection takes a name for one text only, and
 * serves programs that were bundled apart: the pages may be of another version than the server that holds the pool.
 */
export function nameStatements(client: ClientBase): void {
  const query = client.query as (...given: unknown[]) => unknown;
  const named = (given: unknown) =>
    isNamed(given) ? { ...given, name: statementName(given) } : given;
  client.query = ((given: unknown, ...rest: unknown[]) =>
    query.call(client, named(given), ...rest)) as ClientBase['query'];
}

type Named = QueryConfig & { name: string };

/** A query that submits itself, such as a cursor, is left as it is. */
function isNamed(given: unknown): given is Named {
  if (typeof given !== 'object' || given === null || 'submit' in given) return false;
  const { name, text } = given as Partial<Named>;
  return typeof name === 'string' && typeof text === 'string';
}

const known = new Map<string, { text: string; derived: string }>();

function statementName({ name, text }: Named): string {
  const last = known.get(name);
  if (last?.text === text) return last.derived;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  // Postgres cuts names at 63 bytes.
  const derived = `${name.slice(0, 50)}-${hash}`;
  known.set(name, { text, derived });
  return derived;
}
