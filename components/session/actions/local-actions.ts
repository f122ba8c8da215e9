import type { WritableObservable } from '@/components/observable/observable';
import { flowIdOf } from '@/lib/canvas/flow-ids';
import type { Point } from '@/lib/canvas/geometry';
import type { GraphView } from '../state/graph-view';
import {
  type InspectorTab,
  type LeftPanelView,
  type LocalState,
  type PaletteRequest,
  select,
} from '../state/local-state';

export type OpenPalette = {
  screen: Point;
  /** Where in the window the step was dropped; else it goes beside what it is connected to. */
  drop?: Point;
  /** Puts the step into the middle of what is seen. */
  middle?: boolean;
  from?: PaletteRequest['from'];
  to?: PaletteRequest['to'];
  edgeId?: string;
  /** The step inside which the new one goes. */
  inside?: string;
};

/** What changes only this person's view of the canvas. */
export function createLocalActions(
  local: WritableObservable<LocalState>,
  graph: GraphView,
  toCanvas: (screen: Point) => Point,
) {
  return {
    openPalette({ screen, drop, from, to, edgeId, inside }: OpenPalette) {
      const palette: PaletteRequest = {
        screen,
        ...(drop ? { at: toCanvas(drop) } : {}),
        // A wire that was drawn into empty space is a branch; a `+` says only what comes before.
        ...(from ? { from, insert: !drop } : {}),
        ...(to ? { to } : {}),
        ...(edgeId ? { edgeId } : {}),
        ...(inside ? { inside } : {}),
      };
      local.set((now) => ({ ...now, palette }));
    },
    /** Whether the step that is added stands before what follows, or beside it. */
    insertBefore(insert: boolean) {
      local.set((now) => (now.palette ? { ...now, palette: { ...now.palette, insert } } : now));
    },
    closePalette: () => local.set((now) => ({ ...now, palette: undefined })),
    startRenaming: (nodeId: string, renamingIn?: 'outline') =>
      local.set((now) => ({ ...now, renaming: nodeId, renamingIn })),
    stopRenaming: () => local.set((now) => ({ ...now, renaming: undefined })),
    hoverEdge(hoveredEdge: string | undefined) {
      local.set((now) => (now.hoveredEdge === hoveredEdge ? now : { ...now, hoveredEdge }));
    },
    /** Opens the chat, where an agent is asked to change this workflow. */
    askForChanges() {
      local.set((now) => ({ ...now, asksForChanges: true, tab: 'chat', panel: 'open' }));
    },
    /** Shows a tab of the inspector, which stays open when nothing is selected. */
    openTab(tab: InspectorTab) {
      local.set((now) => {
        const stays = now.panel === 'open' || now.nodes.size === 0;
        return { ...now, tab, panel: stays ? 'open' : 'auto' };
      });
    },
    closeInspector() {
      local.set((now) => ({ ...now, panel: now.nodes.size > 0 ? 'closed' : 'auto' }));
    },
    /** Shows a view of the left panel and gives it the focus; undefined closes the panel. */
    showLeftPanel(left: LeftPanelView | undefined) {
      local.set((now) => ({
        ...now,
        leftPanel: left,
        leftPanelFocus: now.leftPanelFocus + (left ? 1 : 0),
      }));
    },
    /** Fills the screen with a step; undefined goes back to the canvas. */
    focusStep: (focused: string | undefined) =>
      local.set((now) => (now.focused === focused ? now : { ...now, focused })),
    /** Opens the dialog in which a step is connected by keyboard. */
    wire: (wiring: string | undefined) => local.set((now) => ({ ...now, wiring })),
    /** Asks for how long and why to lock these steps; undefined: no more. */
    askLock: (ids: LocalState['locking']) =>
      local.set(({ locking: _, ...now }) => (ids ? { ...now, locking: ids } : now)),
    /** Keeps the view where this person's is; undefined: no more. */
    follow: (person: LocalState['following']) =>
      local.set(({ following: _, ...now }) => (person ? { ...now, following: person } : now)),
    pickTool: (tool: LocalState['tool']) => local.set((now) => ({ ...now, tool })),
    select: (nodes: Iterable<string>) => select(local, nodes),
    selectAll() {
      const { nodes, edges, notes, groups } = graph.get();
      const objects = [
        ...[...notes.keys()].map((id) => flowIdOf('note', id)),
        ...[...groups.keys()].map((id) => flowIdOf('group', id)),
      ];
      select(local, nodes.keys(), edges.keys(), objects);
    },
  };
}
