import type { Pool } from 'pg';
import type { Taint } from '@/lib/tools/policy';
import type { CallerPlace } from './place';
import { starterOf } from './rights';
import { taintOf } from './store';

/** What a step has seen: by its own calls, from the steps before it, and from whatever began its run. */
export async function taintFor(
  pool: Pool,
  { runId, stepId, taint }: Pick<CallerPlace, 'runId' | 'stepId' | 'taint'>,
): Promise<Taint> {
  const own = await taintOf(pool, runId, stepId);
  const { trigger } = await starterOf(pool, runId);
  const stranger = trigger === 'webhook' || trigger === 'form';
  return {
    outside: own.outside || taint.outside || stranger,
    private: own.private || taint.private,
  };
}
