'use client';

import { BaseEdge, type Edge, type EdgeProps, getBezierPath } from '@xyflow/react';
import { memo } from 'react';

export type GhostEdge = Edge<{ kind: 'added' | 'removed' }, 'ghost'>;

/** A connection that a suggestion would add, or one that it would remove, over the one that is there. */
export const GhostEdgeLine = memo(function GhostEdgeLine(props: EdgeProps<GhostEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props;
  const [path] = getBezierPath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
  });
  const stroke = data?.kind === 'removed' ? 'var(--danger)' : 'var(--success)';
  return (
    <BaseEdge
      id={id}
      path={path}
      interactionWidth={0}
      style={{ stroke, strokeWidth: 2, strokeDasharray: '5 4', pointerEvents: 'none' }}
    />
  );
});
