'use client';

import { useReactFlow } from '@xyflow/react';
import { MessageCirclePlus } from 'lucide-react';
import type { RefObject } from 'react';
import { useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { IconButton } from '@/components/ui/controls/icon-button';
import { ContextMenuItem } from '@/components/ui/overlays/context-menu';
import type { Point } from '@/lib/canvas/geometry';
import { anchorOn } from './comment-tool';
import { startComment } from './open-thread';

type Target = { nodeId?: string | undefined; edgeId?: string | undefined; at?: RefObject<Point> };

/** "Comment" of the menu of the right button: on a step, a connection, or the point where it was opened. */
export function CommentItem({ at, ...element }: Target) {
  const session = useSession();
  const { screenToFlowPosition } = useReactFlow();
  if (!useCan('workflows.comment')) return null;
  const begin = () => {
    const anchor = anchorOn(session.graph.get(), element);
    if (anchor) startComment(session, anchor);
    else if (at) {
      const { x, y } = screenToFlowPosition(at.current, { snapToGrid: false });
      startComment(session, { kind: 'point', x: Math.round(x), y: Math.round(y) });
    }
  };
  return (
    // The menu gives the focus back as it closes: the field opens after that.
    <ContextMenuItem keys={['C']} onSelect={() => setTimeout(begin, 0)}>
      <MessageCirclePlus /> Comment
    </ContextMenuItem>
  );
}

/** "Comment" among the quick actions above a card. */
export function HoverComment({ nodeId }: { nodeId: string }) {
  const session = useSession();
  if (!useCan('workflows.comment')) return null;
  return (
    <IconButton
      label="Comment"
      keys={['C']}
      size="sm"
      side="top"
      tabIndex={-1}
      onClick={() => {
        const anchor = anchorOn(session.graph.get(), { nodeId });
        if (anchor) startComment(session, anchor);
      }}
    >
      <MessageCirclePlus className="!size-3.5" />
    </IconButton>
  );
}
