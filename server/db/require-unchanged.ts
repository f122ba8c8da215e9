import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { AppError } from '@/lib/api/errors';

/**
 * Keeps one person's save from undoing another's: throws `conflict` where a field of `was`, as the caller read it, is
 * otherwise `now`. Call it in the transaction that holds the row. `schema` reads both, so that defaults count as set.
 */
export function requireUnchanged(
  schema: z.ZodObject,
  was: Readonly<Record<string, unknown>> | undefined,
  now: Readonly<Record<string, unknown>>,
  what: string,
): void {
  if (was === undefined) return;
  const names = Object.keys(was).filter((name) => was[name] !== undefined);
  const current = schema.safeParse(Object.fromEntries(names.map((name) => [name, now[name]])));
  const same = (name: string) => isDeepStrictEqual(current.data?.[name], was[name]);
  if (current.success && names.every(same)) return;
  throw new AppError(
    'conflict',
    `${what} was changed by somebody else after you opened it. Nothing was saved: open it again to see what is new.`,
  );
}
