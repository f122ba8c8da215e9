'use client';

import { useMemo } from 'react';
import { useKeptState } from '@/components/data/history-queries';
import type { DrawnAt } from '@/lib/canvas/layout/run-layout';
import type { RunSummary } from '@/lib/runs/contract';

/**
 * Where the editor draws the steps of a run's version, so that the run looks as people know the workflow. Pending until
 * that is known; no positions for runs of no version.
 */
export function useDrawnPositions({
  workflowId,
  version,
}: Pick<RunSummary, 'workflowId' | 'version'>): {
  drawn: DrawnAt | undefined;
  pending: boolean;
} {
  const wanted = workflowId !== null && version !== null ? { version } : undefined;
  const { data, isLoading } = useKeptState(workflowId ?? '', wanted);
  const drawn = useMemo<DrawnAt | undefined>(() => {
    if (!data) return undefined;
    const positions = new Map(data.nodes.map(({ id, position }) => [id, position]));
    return (nodeId) => positions.get(nodeId);
  }, [data]);
  return { drawn, pending: isLoading };
}
