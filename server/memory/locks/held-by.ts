import { AppError } from '@/lib/api/errors';
import type { LockRecord } from '../lock-store';

/** A place as part of a sentence. */
export const placeOf = (path: string) => (path === '' ? 'this memory' : `"${path}"`);

/** Says who holds what one would need. */
export function heldBy(path: string, all: readonly LockRecord[]): AppError {
  const holder = all.find(({ granted }) => granted)?.author.name ?? 'somebody else';
  return new AppError(
    'locked',
    `${holder} holds a lock at ${placeOf(path)}. Nothing was done; try again later.`,
  );
}
