import { z } from 'zod';
import { momentSchema } from './bounds';
import { AppError } from './errors';

const schema = z.tuple([momentSchema, z.uuid()]);

/** Place in a list that runs from new to old: moment (ISO 8601) and id of the last one seen. */
export type TimeCursor = { at: string; id: string };

/** A cursor as text, for `nextCursor`. */
export function writeCursor({ at, id }: TimeCursor): string {
  return `${at},${id}`;
}

/** A cursor from a query; undefined when there was none. Throws `invalid_input` for anything not made by us. */
export function readCursor(cursor: string | undefined): TimeCursor | undefined {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(cursor.split(','));
  if (!parsed.success) {
    throw new AppError('invalid_input', 'cursor: use the nextCursor of the page before.');
  }
  return { at: parsed.data[0], id: parsed.data[1] };
}
