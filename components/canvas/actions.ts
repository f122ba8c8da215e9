import type { Connection } from '@xyflow/react';
import type * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import { type Draft, readDraft } from '@/lib/workflows/draft';
import type { JsonObject } from '@/lib/workflows/draft-value';
import {
  addNode,
  connect,
  moveNodes,
  reconnect,
  removeElements,
  renameNode,
  setDisabled,
} from '@/lib/workflows/edits';
import { insertElements } from '@/lib/workflows/insert-elements';
import { layoutWorkflow } from '@/lib/workflows/layout';
import type { Definition, WorkflowEdge } from '@/lib/workflows/schema';
import type { Cell } from './cell';
import { type Clipboard, fromClipboardText, toClipboardText } from './clipboard';
import { grid } from './geometry';
import type { GraphView } from './graph-view';
import { downstreamOf } from './graph-walk';
import { initialConfig } from './initial-config';
import { createLocalActions } from './local-actions';
import { type LocalState, type PaletteRequest, type Point, select } from './local-state';
import { drawingOf, typeOf } from './node-types';
import { freePlace, placeAfter, placeBefore, placeBetween } from './placement';
import { recentTypes } from './recent-types';

/** What actions need from the editor that they belong to. */
export type ActionHost = {
  draft: Draft;
  undo: Y.UndoManager;
  graph: GraphView;
  local: Cell<LocalState>;
  newId: () => string;
  toCanvas(screen: Point): Point;
  centre(): Point;
  reveal(nodeIds: readonly string[]): void;
  fit(): void;
  resetZoom(): void;
  say(message: string): void;
};

const wire = (id: string, source: string, sourcePort: string, target: string): WorkflowEdge => ({
  id,
  source,
  sourcePort,
  target,
  targetPort: 'in',
});

function firstPort(host: ActionHost, nodeId: string): string {
  const node = host.graph.get().nodes.get(nodeId);
  return (node && drawingOf(node).ports[0]?.id) || 'out';
}

/** Adds a step where the palette was asked for, and connects it there. One step to undo. */
function addStep(host: ActionHost, type: string, request: Partial<PaletteRequest>) {
  const { draft, graph, local, newId } = host;
  const now = graph.get();
  const id = newId();
  const edge = request.edgeId === undefined ? undefined : now.edges.get(request.edgeId);
  const source = now.nodes.get(edge?.source ?? request.from?.nodeId ?? '');
  const target = now.nodes.get(edge?.target ?? request.to?.nodeId ?? '');
  const title = typeOf(type)?.title ?? type;
  draft.doc.transact(() => {
    let { at } = request;
    if (edge && source && target) {
      const place = placeBetween(now, source, target, downstreamOf(now.edges.values(), target.id));
      if (place.moves.length > 0) moveNodes(draft, place.moves);
      removeElements(draft, { edges: [edge.id] });
      at = place.at;
    }
    at ??= source ? placeAfter(now, source) : undefined;
    at ??= target ? placeBefore(now, target) : freePlace(now, host.centre());
    const config = initialConfig(type, newId) as JsonObject;
    if (addNode(draft, { id, type, name: title, position: at, config }) === undefined) return;
    const port = edge?.sourcePort ?? (request.from?.port || (source && firstPort(host, source.id)));
    if (source && port) connect(draft, wire(newId(), source.id, port, id));
    if (target) connect(draft, wire(newId(), id, firstPort(host, id), target.id));
  }, draft.origin);
  recentTypes.add(type);
  local.set((state) => ({ ...state, palette: undefined }));
  select(local, [id]);
  host.reveal([id]);
  host.say(`${title} added`);
}

function takeCopy({ draft, local }: ActionHost, ids?: Iterable<string>): Clipboard | undefined {
  const chosen = new Set(ids ?? local.get().nodes);
  const definition = readDraft(draft.doc, draft.catalogue);
  const nodes = definition.nodes.filter((node) => chosen.has(node.id));
  const edges = definition.edges.filter(
    (edge) => chosen.has(edge.source) && chosen.has(edge.target),
  );
  return nodes.length > 0 ? { nodes, edges } : undefined;
}

function insert(host: ActionHost, content: Clipboard, offset: Point): boolean {
  const ids = insertElements(host.draft, content, { newId: host.newId, offset })?.nodes ?? [];
  if (ids.length === 0) return false;
  select(host.local, ids);
  host.say(ids.length === 1 ? 'One step added' : `${ids.length} steps added`);
  return true;
}

function insertAt(host: ActionHost, content: Clipboard, at: Point) {
  const left = Math.min(...content.nodes.map((node) => node.position.x));
  const top = Math.min(...content.nodes.map((node) => node.position.y));
  const snapTo = (value: number) => Math.round(value / grid) * grid;
  insert(host, content, { x: snapTo(at.x) - left, y: snapTo(at.y) - top });
}

function clipboardActions(host: ActionHost) {
  const paste = (text: string, screen?: Point) => {
    const content = fromClipboardText(text);
    if (!content || host.draft.readOnly?.()) return false;
    insertAt(host, content, screen ? host.toCanvas(screen) : host.centre());
    return true;
  };
  return {
    copy: () => {
      const content = takeCopy(host);
      return content ? toClipboardText(content) : undefined;
    },
    async copyToClipboard() {
      const content = takeCopy(host);
      if (content) await navigator.clipboard.writeText(toClipboardText(content));
    },
    paste,
    async pasteFromClipboard(screen?: Point) {
      const text = await navigator.clipboard.readText().catch(() => '');
      if (!paste(text, screen)) host.say('There are no steps on the clipboard');
    },
    duplicate(ids: Iterable<string>) {
      const content = takeCopy(host, ids);
      if (content) insert(host, content, { x: 4 * grid, y: 10 * grid });
    },
  };
}

/** The deeds of the editor: each is one named edit of the shared document, and one step to undo. */
export function createActions(host: ActionHost) {
  const { draft, undo, graph, local, newId } = host;
  const remove = (nodes: Iterable<string>, edges: Iterable<string> = []) => {
    removeElements(draft, { nodes, edges });
    select(local, []);
  };
  return {
    ...createLocalActions(local, graph, host.toCanvas),
    ...clipboardActions(host),
    fit: host.fit,
    reveal: host.reveal,
    resetZoom: host.resetZoom,
    undo: () => void undo.undo(),
    redo: () => void undo.redo(),
    /** Adds a step; without a place it goes where the palette was opened for. */
    addStep: (type: string, at?: Point) =>
      addStep(host, type, at ? { at } : (local.get().palette ?? {})),
    /** Puts a whole workflow's steps where the pointer is, or in the middle. */
    insertWorkflow(definition: Definition, screen?: Point) {
      insertAt(host, definition, screen ? host.toCanvas(screen) : host.centre());
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
    move(positions: ReadonlyMap<string, Point>) {
      undo.stopCapturing();
      moveNodes(
        draft,
        [...positions].map(([id, position]) => ({ id, position })),
      );
    },
    nudge(dx: number, dy: number) {
      const moves = [...local.get().nodes].flatMap((id) => {
        const node = graph.get().nodes.get(id);
        return node ? [{ id, position: { x: node.position.x + dx, y: node.position.y + dy } }] : [];
      });
      if (moves.length > 0) moveNodes(draft, moves);
    },
    remove,
    removeSelected() {
      const { nodes, edges } = local.get();
      if (nodes.size + edges.size > 0) remove(nodes, edges);
    },
    rename: (nodeId: string, name: string) => renameNode(draft, nodeId, name),
    toggleDisabled(ids: Iterable<string>) {
      const chosen = [...ids];
      const first = graph.get().nodes.get(chosen[0] ?? '');
      if (first) setDisabled(draft, chosen, first.disabled !== true);
    },
    tidy() {
      const places = layoutWorkflow(readDraft(draft.doc, draft.catalogue), catalogue);
      undo.stopCapturing();
      moveNodes(
        draft,
        [...places].map(([id, position]) => ({ id, position })),
      );
      requestAnimationFrame(host.fit);
    },
  };
}

export type Actions = ReturnType<typeof createActions>;
