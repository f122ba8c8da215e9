'use client';

import { ArrowRightToLine, CircleDot, CircleStop, StepForward } from 'lucide-react';
import { useRuns } from '@/components/data/queries';
import { useAskRun } from '@/components/runs/request-run';
import { isOver } from '@/components/runs/run-marks';
import { useShowRun } from '@/components/runs/shown-run';
import { useGraph, useSession } from '@/components/session/session';
import { ContextMenuItem, ContextMenuSeparator } from '@/components/ui/overlays/context-menu';
import type { DraftNode } from '@/lib/canvas/graph';
import { containersIn } from '@/lib/canvas/layout/containers';
import { toggleBreakpoint, useBreakpoint } from './breakpoints';
import { useFork } from './queries';

/** What the debugger offers for one step: its breakpoint, and runs to here and from here. */
export function DebugItems({ node }: { node: DraftNode }) {
  const session = useSession();
  const ask = useAskRun();
  const condition = useBreakpoint(node.id);
  // Items are runs of their own: they begin and end with the step around them.
  const inside = useGraph((graph) => containersIn(graph.nodes).has(node.id));
  if (!ask || node.disabled) return null;
  return (
    <>
      <ContextMenuSeparator />
      <ContextMenuItem keys={['B']} onSelect={() => toggleBreakpoint(session, node.id)}>
        <CircleStop /> {condition === undefined ? 'Set breakpoint' : 'Remove breakpoint'}
      </ContextMenuItem>
      <ContextMenuItem
        // The menu returns the focus as it closes: the condition field opens after that.
        onSelect={() =>
          setTimeout(() => session.local.set((now) => ({ ...now, breaking: node.id })), 0)
        }
      >
        <CircleDot /> Breakpoint condition…
      </ContextMenuItem>
      {inside ? null : <RunParts node={node} />}
      <ContextMenuSeparator />
    </>
  );
}

function RunParts({ node }: { node: DraftNode }) {
  const ask = useAskRun();
  return (
    <>
      <ContextMenuItem
        onSelect={() =>
          setTimeout(() => ask?.('live', { until: { id: node.id, name: node.name } }), 0)
        }
      >
        <ArrowRightToLine /> Run until here
      </ContextMenuItem>
      <RunFromHere node={node} />
    </>
  );
}

function RunFromHere({ node }: { node: DraftNode }) {
  const { workflowId } = useSession();
  const show = useShowRun();
  const fork = useFork();
  const runs = useRuns({ workflowId, limit: 25 }).data?.pages[0]?.items;
  const newest = runs?.find((run) => isOver(run.status) && run.trigger !== 'step');
  return (
    <ContextMenuItem
      disabled={newest === undefined}
      onSelect={() => {
        if (!newest) return;
        fork.mutate(
          { runId: newest.id, from: [node.id], version: 'draft' },
          { onSuccess: ({ id }) => show(id) },
        );
      }}
    >
      <StepForward /> Run from here
      {newest === undefined ? (
        <span className="ml-auto pl-3 text-xs text-faint">Run the workflow first</span>
      ) : null}
    </ContextMenuItem>
  );
}
