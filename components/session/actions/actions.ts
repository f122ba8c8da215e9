import type { Connection } from '@xyflow/react';
import { toast } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { idsOf } from '@/lib/canvas/flow-ids';
import type { Point } from '@/lib/canvas/geometry';
import { insideOf, isContainer } from '@/lib/canvas/layout/containers';
import {
  connect,
  reconnect,
  removeElements,
  renameNode,
  setDisabled,
} from '@/lib/workflows/edits/edits';
import type { Definition } from '@/lib/workflows/schema';
import { select } from '../state/local-state';
import type { ActionHost } from './action-host';
import { addStep, wire } from './add-step';
import { createClipboardActions, insertAt } from './clipboard-actions';
import { createLocalActions } from './local-actions';
import { createObjectActions } from './object-actions';
import { tidyCanvas } from './tidy-canvas';

/** The actions of the editor: each is one named edit of the shared document, and one step to undo. */
export function createActions(host: ActionHost) {
  const { draft, undo, graph, local, newId } = host;
  const take = (elements: Parameters<typeof removeElements>[1]) => {
    const before = graph.get();
    const nodes = new Set(elements.nodes);
    removeElements(draft, { ...elements, nodes });
    select(local, []);
    const inside = [...insideOf(before, nodes).keys()].filter((id) => !nodes.has(id));
    const holder = before.nodes.get(
      [...nodes].find((id) => isContainer(before.nodes.get(id))) ?? '',
    );
    if (draft.readOnly?.() || inside.length === 0 || !holder) return;
    toast(`“${holder.name}” was deleted with the ${plural(inside.length, 'step')} inside it.`, {
      action: { label: 'Undo', onClick: () => void undo.undo() },
    });
  };
  const remove = (nodes: Iterable<string>, edges: Iterable<string> = []) => take({ nodes, edges });
  return {
    ...createLocalActions(local, graph, host.toCanvas),
    ...createClipboardActions(host),
    ...createObjectActions(host),
    fit: host.fit,
    reveal: host.reveal,
    resetZoom: host.resetZoom,
    undo: () => void undo.undo(),
    redo: () => void undo.redo(),
    /** Adds a step; without a position it goes where the palette was opened for. */
    addStep: (type: string, at?: Point, edgeId?: string) =>
      addStep(
        host,
        type,
        at ? { at, ...(edgeId === undefined ? {} : { edgeId }) } : (local.get().palette ?? {}),
      ),
    /** Puts a whole workflow's steps where the pointer is, or in the middle. */
    insertWorkflow(definition: Definition, screen?: Point) {
      insertAt(
        host,
        { groups: [], notes: [], ...definition },
        screen ? host.toCanvas(screen) : host.centre(),
      );
      if (screen) return;
      select(local, []);
      requestAnimationFrame(host.fit);
    },
    connect({ source, sourceHandle, target }: Connection) {
      connect(draft, wire(newId(), source, sourceHandle ?? 'out', target));
    },
    reconnect(edge: { id: string }, { source, sourceHandle, target }: Connection) {
      reconnect(draft, wire(edge.id, source, sourceHandle ?? 'out', target));
    },
    remove,
    removeSelected() {
      const { nodes, edges, objects } = local.get();
      if (nodes.size + edges.size + objects.size === 0) return;
      const [notes, groups] = [idsOf(objects, 'note'), idsOf(objects, 'group')];
      take({ nodes, edges, notes, groups });
    },
    rename: (nodeId: string, name: string) => renameNode(draft, nodeId, name),
    toggleDisabled(ids: Iterable<string>) {
      const chosen = [...ids];
      const first = graph.get().nodes.get(chosen[0] ?? '');
      if (first) setDisabled(draft, chosen, first.disabled !== true);
    },
    tidy: () => tidyCanvas(host),
  };
}

export type Actions = ReturnType<typeof createActions>;
