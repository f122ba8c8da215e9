import type { Pool } from 'pg';
import { sqlState } from './transaction';

/**
 * What an error of a statement says about it. `indeterminate`: the connection broke, and the statement may be done or
 * not. `retryable`: it was not done, and may well be the next time. `permanent`: it was not done and never will be.
 */
export function errorClassOf(error: unknown): 'indeterminate' | 'retryable' | 'permanent' {
  const state = sqlState(error);
  if (state === undefined) return isProgrammingError(error) ? 'permanent' : 'indeterminate';
  if (state.startsWith('08') || state.startsWith('57P')) return 'indeterminate';
  if (['40001', '40P01', '55P03', '57014', '53300', '53400', '25006'].includes(state))
    return 'retryable';
  return 'permanent';
}

/** Errors that no driver throws for a lost connection. */
function isProgrammingError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

/** Whether this process is on its way out, so that nothing can be written any more. */
export const isClosing = (pool: Pool): boolean => pool.ending || pool.ended;
