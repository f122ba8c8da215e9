'use client';

import { Pin } from 'lucide-react';
import { useObservable } from '@/components/observable/use-observable';
import { useCanEdit, useGraph, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { typeOf } from '@/lib/canvas/node-types';
import { stepIdOf } from '@/lib/canvas/run-steps';
import { pinOutput } from './pin-output';

/** Pins what a step gave in the run that is shown, or what somebody writes, for rehearsals. */
export function PinPanel({ nodeId }: { nodeId: string }) {
  const session = useSession();
  const { actions, run } = session;
  const canEdit = useCanEdit();
  const node = useGraph((graph) => graph.nodes.get(nodeId));
  const output = useObservable(run, (shown) => {
    const stepId = shown?.state && stepIdOf(shown.state, nodeId);
    return stepId === undefined ? undefined : shown?.state?.steps[stepId]?.output;
  });
  if (!node || typeOf(node.type)?.kind === 'switch') return null;
  const pinned = node.pinnedOutput !== undefined;
  if (!pinned && !canEdit) return null;
  const pin = () => pinOutput(session, nodeId, output);
  return (
    <section
      aria-label="Pinned output"
      className="flex flex-wrap items-center gap-2 border-b px-4 py-2 text-xs text-muted"
    >
      {pinned ? (
        <span className="flex items-center gap-1.5 font-medium text-accent">
          <Pin aria-hidden className="size-3" /> Pinned: used in rehearsals, ignored in live runs
        </span>
      ) : null}
      {canEdit ? (
        <span className="flex flex-wrap gap-2">
          {output === undefined || pinned ? null : (
            <Button size="sm" onClick={pin}>
              <Pin aria-hidden /> Pin this output
            </Button>
          )}
          <Button size="sm" variant="ghost" onClick={() => actions.editPin(nodeId)}>
            {pinned ? 'Edit as JSON' : 'Pin custom output…'}
          </Button>
          {pinned ? (
            <Button size="sm" variant="ghost" onClick={() => actions.pin(nodeId, undefined)}>
              Unpin
            </Button>
          ) : null}
        </span>
      ) : null}
    </section>
  );
}
