import type { Pool } from 'pg';
import type { RunQueue } from '@/server/queue/run-queue';

type Candidate = { id: string; workspaceId: string; seq: number };

/** Keeps one workspace from taking all workers: beyond a number of its runs under way, the next ones wait their turn. */
export type Admission = {
  /**
   * Whether a run may begin, when the rows say that `busy` runs of its workspace are under way. One that may not asks
   * again a little later, or when another one ends. Processes do not ask each other: each may let one too many begin.
   */
  admits(run: Candidate, busy: number): Promise<boolean>;
  /** A run of this workspace has ended: the one that waits longest is enqueued. */
  release(run: Pick<Candidate, 'id' | 'workspaceId'>): void;
};

const againMs = 5_000;
/** By then the rows tell what this process has let begin. */
const freshMs = 2_000;
/** After so long without anybody put off, ends of runs need not look for others. */
const forgottenMs = 60_000;

export function createAdmission(pool: Pool, queue: RunQueue, most: number): Admission {
  /** Runs that this process let begin just now, by workspace, with the time. */
  const fresh = new Map<string, Map<string, number>>();
  /** Workspaces that were at their limit, and when that was seen last. */
  const full = new Map<string, number>();
  const freshOf = (workspaceId: string, now: number) => {
    const known = fresh.get(workspaceId) ?? new Map<string, number>();
    for (const [id, at] of known) if (now - at > freshMs) known.delete(id);
    return known;
  };
  return {
    async admits({ id, workspaceId, seq }, busy) {
      const now = performance.now();
      const known = freshOf(workspaceId, now);
      if (Math.max(busy, known.size) < most) {
        fresh.set(workspaceId, known.set(id, now));
        return true;
      }
      full.set(workspaceId, now);
      await pool.query(
        `update run set wake_at = clock_timestamp() + $3 * interval '1 millisecond'
         where id = $1 and seq = $2 and started_at is null and finished_at is null`,
        [id, seq, againMs],
      );
      return false;
    },
    release({ id, workspaceId }) {
      const now = performance.now();
      const known = fresh.get(workspaceId);
      known?.delete(id);
      if (known?.size === 0) fresh.delete(workspaceId);
      const seen = full.get(workspaceId);
      if (seen === undefined) return;
      if (now - seen > forgottenMs) full.delete(workspaceId);
      else void enqueueNext(pool, queue, workspaceId).catch(() => undefined);
    },
  };
}

async function enqueueNext(pool: Pool, queue: RunQueue, workspaceId: string): Promise<void> {
  const { rows } = await pool.query<{ id: string; seq: number }>(
    `select id, seq from run where workspace_id = $1 and parent_run_id is null and status = 'queued'
     order by created_at limit 1`,
    [workspaceId],
  );
  const [next] = rows;
  if (next) await queue.enqueue([{ runId: next.id, seq: next.seq }]);
}
