'use client';

import { outputOf } from '@/components/expressions/names';
import { useObservable } from '@/components/observable/use-observable';
import { ValueView } from '@/components/records/value-view';
import { useRunValues } from '@/components/runs/last-run';
import { OutputView } from '@/components/runs/result';
import { useGraph, useSession } from '@/components/session/session';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { stepIdOf } from '@/lib/canvas/run-steps';
import { RunStep } from '../inspector/step-tab';

/** What came out of a step: live in the run that is shown, else of the last run, else what to expect. */
export function OutputPane({ nodeId }: { nodeId: string }) {
  const session = useSession();
  useRunValues();
  const node = useGraph((graph) => graph.nodes.get(nodeId));
  const state = useObservable(session.run, (run) => run?.state);
  const stepId = state ? stepIdOf(state, nodeId) : undefined;
  if (stepId !== undefined && state?.steps[stepId])
    return <RunStep stepId={stepId} part="output" />;
  if (!node) return null;
  const output = outputOf(session, node);
  if (output.from === 'nothing') {
    return (
      <EmptyState title="No output yet">
        Run or rehearse the workflow to see this step’s output.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex">
        {output.from === 'last-run' ? <Badge>Last run</Badge> : null}
        {output.from === 'test' ? <Badge>Last test of this step</Badge> : null}
        {output.from === 'pinned' ? (
          <Badge tone="warning">Pinned: not used in live runs</Badge>
        ) : null}
        {output.from === 'sample' ? (
          <Badge tone="outline">Sample data, not from a run</Badge>
        ) : null}
      </div>
      {output.from === 'last-run' || output.from === 'test' ? (
        <OutputView value={output.value} label="Output" runId={output.runId} />
      ) : (
        <ValueView value={output.value} label="Output" />
      )}
    </div>
  );
}
