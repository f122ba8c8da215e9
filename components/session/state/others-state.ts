import type { WritableObservable } from '@/components/observable/observable';
import type { LostValue } from '@/lib/workflows/merge/resolve-conflict';
import type { WorkflowEdge, WorkflowNode } from '@/lib/workflows/schema';

/** A value of this person's that somebody else's replaced. */
export type Lost = LostValue & { id: string; by: string };

/** A step that somebody deleted while this person had it open, as it was last. */
export type Ghost = { node: WorkflowNode; edges: readonly WorkflowEdge[]; by: string };

/** Somebody who edits without being here: over the API, or the product itself. */
export type Visitor = { id: string; name: string };

export type TogetherState = {
  lost: readonly Lost[];
  ghosts: readonly Ghost[];
  visitors: readonly Visitor[];
};

export const nothingTogether: TogetherState = { lost: [], ghosts: [], visitors: [] };

type Together = { together: WritableObservable<TogetherState> };

/** Takes a lost value off the list. */
export function forgetLost({ together }: Together, id: string): void {
  together.set((now) => ({ ...now, lost: now.lost.filter((each) => each.id !== id) }));
}

export function forgetGhosts({ together }: Together, gone: (id: string) => boolean) {
  together.set((now) => {
    const ghosts = now.ghosts.filter((ghost) => !gone(ghost.node.id));
    return ghosts.length === now.ghosts.length ? now : { ...now, ghosts };
  });
}
