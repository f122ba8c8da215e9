'use client';

import { useQuery } from '@tanstack/react-query';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { listRuns, type RunSummary } from '@/lib/runs/contract';

const weekMs = 7 * 86_400_000;
/** Pages of 200 runs that the figures look at, at most. */
const maxPages = 5;

export type RecentRuns = {
  runs: RunSummary[];
  /** False when there were more runs in the week than were read. */
  complete: boolean;
};

/** The runs of the last week, newest first: what the dashboard counts. */
export function useRecentRuns() {
  return useQuery({
    queryKey: [...keys.runs, 'recent'],
    queryFn: async ({ signal }): Promise<RecentRuns> => {
      const since = Date.now() - weekMs;
      const runs: RunSummary[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < maxPages; page += 1) {
        const { items, nextCursor } = await call(
          listRuns,
          { query: { limit: 200, cursor } },
          { signal },
        );
        runs.push(...items);
        const oldest = items.at(-1);
        if (!nextCursor || !oldest || Date.parse(oldest.createdAt) < since) {
          return { runs, complete: true };
        }
        cursor = nextCursor;
      }
      return { runs, complete: false };
    },
  });
}
