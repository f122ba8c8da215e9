import { Anchor, Pin } from 'lucide-react';
import { useSession } from '@/components/session/session';
import { Tooltip } from '@/components/ui/controls/tooltip';
import type { DraftNode } from '@/lib/canvas/graph';

/** What people marked a card with: its colour at the left edge, and that its output or its position is pinned. */
export function StepMarks({ node }: { node: DraftNode }) {
  return (
    <>
      {node.color ? (
        <span
          aria-hidden
          data-tint={node.color}
          className="pointer-events-none absolute inset-0 rounded-[7px] border-l-[3px] border-(--tint) bg-(--wash)"
        />
      ) : null}
      {node.pinnedOutput === undefined ? null : <PinnedBadge nodeId={node.id} />}
      {node.fixed ? (
        <Tooltip label="Tidy layout does not move it">
          <span
            role="img"
            aria-label="Position pinned"
            className="absolute right-2 bottom-0 flex size-4 translate-y-1/2 items-center justify-center rounded-full border border-border-strong bg-surface text-faint"
          >
            <Anchor aria-hidden className="size-2.5" />
          </span>
        </Tooltip>
      ) : null}
    </>
  );
}

function PinnedBadge({ nodeId }: { nodeId: string }) {
  const { actions } = useSession();
  return (
    <Tooltip label="Rehearsals use this output instead of running the step; live runs ignore it">
      <button
        type="button"
        tabIndex={-1}
        aria-label="Pinned output"
        onClick={() => actions.editPin(nodeId)}
        className="nodrag nopan absolute bottom-0 left-3 flex h-[18px] translate-y-1/2 items-center gap-1 rounded-full border border-border-strong bg-surface px-1.5 text-2xs font-medium text-accent hover:bg-hover"
      >
        <Pin aria-hidden className="size-2.5" strokeWidth={2.5} /> pinned
      </button>
    </Tooltip>
  );
}
