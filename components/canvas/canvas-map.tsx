'use client';

import { MiniMap, useStore } from '@xyflow/react';
import { useCell } from './cell';
import { elementOf } from './objects/flow-ids';
import { stepIdOf, useSession } from './session';

const colours: Record<string, string> = {
  running: 'var(--info)',
  retrying: 'var(--warning)',
  waiting: 'var(--warning)',
  succeeded: 'var(--success)',
  failed: 'var(--danger)',
};

/** On a small canvas the map would hide what it is a map of. */
const leastWidth = 720;
const leastHeight = 420;

/** The whole workflow, small: cards in the colours of the run that is shown. */
export function CanvasMap() {
  const session = useSession();
  const state = useCell(session.run, (run) => run?.state);
  const colour = (node: { id: string }) => {
    const { kind } = elementOf(node.id);
    if (kind === 'group') return 'color-mix(in srgb, var(--border-strong) 35%, transparent)';
    if (kind === 'note') return 'color-mix(in srgb, var(--warning) 30%, transparent)';
    const stepId = state ? stepIdOf(state, node.id) : undefined;
    const status = stepId === undefined ? undefined : state?.steps[stepId]?.status;
    return (status && colours[status]) || 'var(--border-strong)';
  };
  const room = useStore(({ width, height }) => width >= leastWidth && height >= leastHeight);
  if (!room) return null;
  return (
    <MiniMap
      pannable
      zoomable
      position="bottom-right"
      ariaLabel="Map of the workflow"
      style={{ width: 160, height: 104, margin: 12 }}
      nodeColor={colour}
      nodeBorderRadius={16}
      nodeStrokeWidth={0}
    />
  );
}
