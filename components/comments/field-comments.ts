import type { Session } from '@/components/session/session';
import type { FieldComments } from '@/components/text-editor/comment-ranges';
import { workflowLimits } from '@/lib/workflows/schema';
import { openThread, startComment } from './open-thread';

/** The comments on the text of one field of a node; `field` is its path joined by `.`. */
export function fieldCommentsOf(
  session: Session,
  nodeId: string,
  field: string,
  mayWrite: boolean,
): FieldComments {
  const { comments } = session;
  return {
    subscribe: comments.subscribe,
    ranges() {
      const { threads, open } = comments.get();
      const draft = open && open.threadId === undefined ? [{ id: 'new', anchor: open.anchor }] : [];
      return [...threads, ...draft].flatMap(({ id, anchor }) => {
        const here = anchor.kind === 'text' && anchor.nodeId === nodeId && anchor.field === field;
        if (!here) return [];
        const active = id === 'new' || id === open?.threadId;
        return [{ id, start: anchor.start, end: anchor.end, active }];
      });
    },
    open(id) {
      const thread = comments.get().threads.find((each) => each.id === id);
      if (thread) openThread(session, thread);
    },
    ...(mayWrite
      ? {
          start(range) {
            const name = session.graph.get().nodes.get(nodeId)?.name ?? '';
            const label = name.slice(0, workflowLimits.nameLength);
            startComment(session, { kind: 'text', nodeId, label, field, ...range });
          },
        }
      : {}),
  };
}
