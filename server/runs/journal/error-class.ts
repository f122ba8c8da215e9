import type { Pool } from 'pg';
import { sqlState } from '@/server/db/transaction';

/**
 * What an error of a statement says about it. `unknown`: the connection broke, and the statement may be done or
 * not. `again`: it was not done, and may well be the next time. `refused`: it was not done and never will be.
 */
export function troubleOf(error: unknown): 'unknown' | 'again' | 'refused' {
  const state = sqlState(error);
  if (state === undefined) return isProgrammingError(error) ? 'refused' : 'unknown';
  if (state.startsWith('08') || state.startsWith('57P')) return 'unknown';
  if (['40001', '40P01', '55P03', '57014', '53300', '53400', '25006'].includes(state))
    return 'again';
  return 'refused';
}

/** Errors that no driver throws for a lost connection. */
function isProgrammingError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

/** Whether this process is on its way out, so that nothing can be written any more. */
export const isClosing = (pool: Pool): boolean => pool.ending || pool.ended;
