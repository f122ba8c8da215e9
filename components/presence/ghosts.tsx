'use client';

import { ViewportPortal } from '@xyflow/react';
import { Undo2, X } from 'lucide-react';
import { NodeIcon } from '@/components/icons/node-icon';
import { useObservable } from '@/components/observable/use-observable';
import { useCanEdit, useSession } from '@/components/session/session';
import { forgetGhosts, type Ghost } from '@/components/session/state/others-state';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { cardWidth } from '@/lib/canvas/geometry';
import { typeOf } from '@/lib/canvas/node-types';
import { restoreElements } from '@/lib/workflows/merge/restore-elements';

/** Steps that others deleted while this person had them open, in their old places. */
export function Ghosts() {
  const { together } = useSession();
  const ghosts = useObservable(together, (now) => now.ghosts);
  if (ghosts.length === 0) return null;
  return (
    <ViewportPortal>
      {ghosts.map((ghost) => (
        <GhostCard key={ghost.node.id} ghost={ghost} />
      ))}
    </ViewportPortal>
  );
}

function GhostCard({ ghost }: { ghost: Ghost }) {
  const session = useSession();
  const canEdit = useCanEdit();
  const { node, by, edges } = ghost;
  const type = typeOf(node.type);
  const name = node.name || type?.title || 'Untitled step';
  const restore = () => {
    const [id] = restoreElements(session.copy.draft, { nodes: [node], edges });
    if (id) session.jumpTo([id]);
  };
  return (
    <fieldset
      aria-label={`${name}, deleted by ${by}`}
      className="nodrag nopan pointer-events-auto absolute top-0 left-0 z-10 m-0 rounded-lg border border-dashed border-faint bg-bg p-0"
      style={{
        width: cardWidth,
        transform: `translate(${node.position.x}px, ${node.position.y}px)`,
      }}
    >
      <div className="flex h-[62px] items-center gap-2.5 pr-2 pl-3">
        <span className="opacity-50 grayscale">
          <NodeIcon icon={type?.icon} group={type?.group} />
        </span>
        <div className="min-w-0 flex-1">
          <div className="truncate text-sm leading-5 font-medium text-muted line-through">
            {name}
          </div>
          <div className="truncate text-xs text-faint">Deleted by {by}</div>
        </div>
        {canEdit ? (
          <Button size="sm" onClick={restore}>
            <Undo2 aria-hidden /> Restore
          </Button>
        ) : null}
        <IconButton
          label={`Dismiss ${name}`}
          size="sm"
          onClick={() => forgetGhosts(session, (id) => id === node.id)}
        >
          <X className="!size-3.5" />
        </IconButton>
      </div>
    </fieldset>
  );
}
