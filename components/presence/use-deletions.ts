import { useEffect } from 'react';
import type * as Y from 'yjs';
import { authorOf } from '@/components/realtime/author';
import type { Session } from '@/components/session/session';
import { forgetGhosts, type Ghost } from '@/components/session/state/others-state';
import { toast } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import type { Graph } from '@/lib/canvas/graph';
import { draftParts } from '@/lib/workflows/draft/draft';
import { restoreElements } from '@/lib/workflows/merge/restore-elements';
import type { WorkflowNode } from '@/lib/workflows/schema';
import type { NameOf } from './names';

const ghostsLiveMs = 5 * 60_000;
const maxGhosts = 20;

/** The nodes that a transaction took away, as they were in the graph before. */
function goneIn(transaction: Y.Transaction, before: Graph): WorkflowNode[] {
  const { nodes } = draftParts(transaction.doc);
  const keys = transaction.changed.get(nodes as never) ?? new Set<string | null>();
  return [...keys].flatMap((id) => {
    if (id === null || nodes.has(id)) return [];
    return before.nodes.get(id) ?? [];
  });
}

const edgesOf = (graph: Graph, ids: ReadonlySet<string>) =>
  [...graph.edges.values()].filter(({ source, target }) => ids.has(source) || ids.has(target));

/** Tells the one who deletes whom it hit. */
function tellDeleter({ people, copy }: Session, nodes: WorkflowNode[], before: Graph) {
  const hit = nodes.flatMap((node) => {
    const person = people.get().find(({ user, focus, selection, status }) => {
      const there = focus?.nodeId === node.id || selection?.includes(node.id);
      return there && status !== 'away' && user.id !== copy.userId;
    });
    return person ? [{ node, name: person.user.name }] : [];
  });
  const [first] = hit;
  if (!first) return;
  const more = hit.length > 1 ? ` and ${plural(hit.length - 1, 'other step')}` : '';
  const ids = new Set(nodes.map(({ id }) => id));
  toast(`${first.name} was editing ${first.node.name}${more}.`, {
    duration: 15_000,
    action: {
      label: 'Restore',
      onClick: () => {
        restoreElements(copy.draft, { nodes, edges: edgesOf(before, ids) });
      },
    },
  });
}

/** Leaves a trace of a step that somebody deletes while another has it open, with both. */
export function useDeletions(session: Session, nameOf: NameOf): void {
  useEffect(() => {
    const { copy, graph, local, together, announcement } = session;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    let before = graph.get();
    const addGhosts = (nodes: WorkflowNode[], by: string) => {
      const mine = nodes.filter(({ id }) => local.get().nodes.has(id));
      if (mine.length === 0 || mine.length > maxGhosts) return;
      const ghosts: Ghost[] = mine.map((node) => ({
        node,
        by,
        edges: edgesOf(before, new Set([node.id])),
      }));
      together.set((now) => ({ ...now, ghosts: [...now.ghosts, ...ghosts].slice(-maxGhosts) }));
      announcement.set(
        `${by} deleted ${mine.map(({ name }) => name).join(', ')}. It can be restored.`,
      );
      const gone = new Set(mine.map(({ id }) => id));
      timers.add(setTimeout(() => forgetGhosts(session, (id) => gone.has(id)), ghostsLiveMs));
    };
    const onBefore = () => {
      before = graph.get();
    };
    const onAfter = (transaction: Y.Transaction) => {
      const nodes = goneIn(transaction, before);
      if (nodes.length > 0) {
        if (transaction.local) tellDeleter(session, nodes, before);
        else addGhosts(nodes, nameOf(authorOf(transaction)));
      }
      if (together.get().ghosts.length === 0) return;
      const there = draftParts(copy.doc).nodes;
      forgetGhosts(session, (id) => there.has(id));
    };
    copy.doc.on('beforeTransaction', onBefore);
    copy.doc.on('afterTransaction', onAfter);
    return () => {
      copy.doc.off('beforeTransaction', onBefore);
      copy.doc.off('afterTransaction', onAfter);
      for (const timer of timers) clearTimeout(timer);
    };
  }, [session, nameOf]);
}
