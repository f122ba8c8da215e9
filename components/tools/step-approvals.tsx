'use client';

import { useApprovals } from '@/components/data/tool-queries';
import { ApprovalCard } from './approval-card';

/** Calls of one step that wait for a person. */
export function StepApprovals({ runId, stepId }: { runId: string; stepId: string }) {
  const { data } = useApprovals(runId);
  const own = (data?.items ?? []).filter(({ run }) => run.id === runId && run.stepId === stepId);
  return (
    <div className="space-y-3">
      {own.map((approval) => (
        <ApprovalCard key={approval.id} approval={approval} />
      ))}
    </div>
  );
}
