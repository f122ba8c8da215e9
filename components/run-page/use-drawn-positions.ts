'use client';

import { useMemo } from 'react';
import { useKeptState } from '@/components/data/history-queries';
import { useWorkflow } from '@/components/data/queries';
import type { DrawnAt } from '@/lib/canvas/layout/run-layout';
import type { RunSummary } from '@/lib/runs/contract';

/**
 * Where the editor draws the steps of a run's version, so that the run looks as people know the workflow; of a draft, where
 * they stand in it now. Pending until that is known; no positions for runs of neither.
 */
export function useDrawnPositions({
  workflowId,
  version,
}: Pick<RunSummary, 'workflowId' | 'version'>): {
  drawn: DrawnAt | undefined;
  pending: boolean;
} {
  const id = workflowId ?? '';
  const ofVersion = useKeptState(id, id !== '' && version !== null ? { version } : undefined);
  const ofDraft = useWorkflow(id, id !== '' && version === null);
  const data = ofVersion.data ?? ofDraft.data?.definition;
  const isLoading = ofVersion.isLoading || ofDraft.isLoading;
  const drawn = useMemo<DrawnAt | undefined>(() => {
    if (!data) return undefined;
    const positions = new Map(data.nodes.map(({ id, position }) => [id, position]));
    return (nodeId) => positions.get(nodeId);
  }, [data]);
  return { drawn, pending: isLoading };
}
