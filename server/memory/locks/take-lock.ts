import type { Pool } from 'pg';
import { AppError } from '@/lib/api/errors';
import { askLock, maxWaiting } from '@/lib/memory/locks/lock-table';
import type { LockMode } from '@/lib/memory/locks/modes';
import { transaction } from '@/server/db/transaction';
import { holdLocks, insertLock, type LockRecord } from '../lock-store';
import type { SpaceRecord } from '../space-store';
import { noSpace, type Who } from '../who';
import { heldBy, placeOf } from './held-by';
import { settleLocks } from './settle-locks';

export type LockWish = {
  path: string;
  mode: LockMode;
  leaseSeconds: number;
  /** How long to wait for it; 0 for not at all. */
  waitSeconds: number;
  /** The run that it ends with, whose step is told when it is given. */
  runId?: string;
};

/**
 * Asks for a lock: held or waited for in one commit. Asking again for what one has, or waits for, gives the same. Throws
 * `locked` where it is not waited for, and `conflict` for a wait that would never end.
 */
export function takeLock(
  pool: Pool,
  who: Who,
  space: SpaceRecord,
  wish: LockWish,
): Promise<LockRecord> {
  return transaction(pool, async (client) => {
    if (!(await holdLocks(client, space))) throw noSpace(space);
    const all = await settleLocks(client, space);
    const { owner } = who;
    const { path, mode } = wish;
    const same = all.find(
      (one) => !one.granted && one.owner === owner && one.path === path && one.mode === mode,
    );
    if (same !== undefined) return same;
    const verdict = askLock({ owner, path, mode }, all);
    const named = (token: number, from: LockRecord[]) => {
      const found = from.find((one) => one.token === token);
      if (found === undefined) throw new Error('a lock is gone that was just taken');
      return found;
    };
    if (verdict.do === 'have') return named(verdict.token, all);
    if (verdict.do === 'refuse') throw refused(verdict, path, all);
    if (verdict.do === 'wait' && wish.waitSeconds === 0) throw heldBy(path, all);
    const token = await insertLock(client, space, {
      ...{ owner, path, mode, author: who.author, granted: verdict.do === 'grant' },
      ...{
        leaseSeconds: wish.leaseSeconds,
        waitSeconds: wish.waitSeconds,
        runId: wish.runId ?? null,
      },
    });
    return named(token, await settleLocks(client, space));
  });
}

type Refusal = Extract<ReturnType<typeof askLock>, { do: 'refuse' }>;

function refused(verdict: Refusal, path: string, all: readonly LockRecord[]): AppError {
  const place = placeOf(path);
  if (verdict.why === 'deadlock') {
    const name = (owner: string) => all.find((one) => one.owner === owner)?.author.name ?? 'you';
    const chain = [...verdict.chain, verdict.chain[0] ?? ''].map(name).join(' → ');
    const message = `Waiting for ${place} would never end: ${chain} wait for each other. Release what you hold, and try again.`;
    return new AppError('conflict', message, { reason: 'deadlock', chain: verdict.chain });
  }
  const messages = {
    upgrade: `Somebody else who reads ${place} waits to write it, too. Release your lock, and try again.`,
    full: `${maxWaiting} wait in this memory already. Try again later.`,
    waiting: 'You wait for another lock of this memory already. Wait for one at a time.',
  };
  return new AppError('conflict', messages[verdict.why], { reason: verdict.why });
}
