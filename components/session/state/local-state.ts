import { createObservable, type WritableObservable } from '@/components/observable/observable';
import type { Point } from '@/lib/canvas/geometry';
import type { Guide } from '@/lib/canvas/layout/snap-lines';

/** Where and why a step is being added. */
export type PaletteRequest = {
  /** Where the palette opens, in pixels of the window. */
  screen: Point;
  /** Where the new step goes, in canvas coordinates; beside its neighbour, or in the middle, unless given. */
  at?: Point;
  /** The output that the new step is connected to. */
  from?: { nodeId: string; port: string };
  /** What this output leads to is to follow the new step instead. */
  insert?: boolean;
  /** The input that the new step is connected to. */
  to?: { nodeId: string; port: string };
  /** The edge that the new step is put on. */
  edgeId?: string;
  /** The step inside which the new one goes. */
  inside?: string;
};

export type InspectorTab = 'settings' | 'data' | 'runs' | 'comments' | 'chat';
/** What the panel on the left shows. */
export type LeftPanelView = 'workflows' | 'steps' | 'outline' | 'find';
/** By itself the panel is open while something is selected. */
export type InspectorPanel = 'auto' | 'open' | 'closed';

/** What is this person's alone: everything else on the canvas is the shared document. */
export type LocalState = {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** Selected notes and groups, by their ids on the canvas (`objects/flow-ids`). */
  objects: ReadonlySet<string>;
  /** Positions of what is being dragged here, until it is dropped; notes by their ids on the canvas. */
  dragging: ReadonlyMap<string, Point>;
  tool: 'pointer' | 'hand' | 'comment';
  /** What the inspector shows. */
  tab: InspectorTab;
  panel: InspectorPanel;
  hoveredEdge?: string;
  palette?: PaletteRequest;
  /** The node whose name is being edited on the canvas. */
  renaming?: string;
  /** Where that name is edited; on the canvas unless it says otherwise. */
  renamingIn?: 'outline';
  /** The steps that are about to be locked; none: the workflow. */
  locking?: readonly string[];
  /** The person whose view this one keeps. */
  following?: { id: string; name: string; color: string };
  /** What the left panel shows; absent: it is closed. */
  leftPanel?: LeftPanelView;
  /** Asked for by key or command: the left panel takes the focus. */
  leftPanelFocus: number;
  /** The chat beside the canvas asks agents to change the workflow. */
  asksForChanges?: boolean;
  /** The step that fills the screen with input, settings and output. */
  focused?: string;
  /** Where what is dragged aligns with its neighbours. */
  guides?: readonly Guide[];
  /** The edge that what is dragged would be put on. */
  dropEdge?: string;
  /** The group that what is dragged would join. */
  dropGroup?: string;
  /** The note that is being written. */
  writing?: string;
  /** The size of a note that is being resized here. */
  sizing?: { id: string; width: number; height: number };
  /** The step whose readers and sources stand out, while Shift is held. */
  related?: string;
  /** The step whose breakpoint's condition is edited. */
  breaking?: string | undefined;
  /** The step whose pinned output is edited in a dialog. */
  pinning?: string;
  /** Cards glide to where a tidied layout puts them. */
  gliding?: boolean;
  /** This person looks at the history. */
  history?: boolean;
  /** Asked for by key or button: a name for the workflow as it stands. */
  naming?: boolean;
  /** Fields that somebody was at here, by step; `*`: all of it. What they lack is a problem, and not still to do. */
  touched?: ReadonlyMap<string, ReadonlySet<string>>;
  /** The step whose connections are made and cut in a dialog. */
  wiring?: string;
};

const none: ReadonlySet<string> = new Set();

export const emptyLocalState: LocalState = {
  nodes: none,
  edges: none,
  objects: none,
  dragging: new Map(),
  tool: 'pointer',
  tab: 'settings',
  panel: 'auto',
  leftPanelFocus: 0,
};

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>) {
  return a.size === b.size && [...a].every((id) => b.has(id));
}

/** Selects exactly these; selecting what is selected already tells nobody. */
export function select(
  local: WritableObservable<LocalState>,
  nodes: Iterable<string>,
  edges: Iterable<string> = [],
  objects: Iterable<string> = [],
): void {
  const next = { nodes: new Set(nodes), edges: new Set(edges), objects: new Set(objects) };
  local.set((now) => {
    const same =
      sameSet(now.nodes, next.nodes) &&
      sameSet(now.edges, next.edges) &&
      sameSet(now.objects, next.objects);
    return same ? now : { ...now, ...next };
  });
}

const leftKey = 'ensemble.left-view';
const remembered: readonly (string | null)[] = ['workflows', 'steps', 'outline'];

/** The state of a page that opens: the left panel as it was, and the hand for fingers. For browsers. */
export function createLocalState(): WritableObservable<LocalState> {
  const left = localStorage.getItem(leftKey) as LeftPanelView | null;
  const wide = matchMedia('(min-width: 1024px)').matches;
  const local = createObservable<LocalState>({
    ...emptyLocalState,
    ...(left && wide && remembered.includes(left) ? { leftPanel: left } : {}),
    ...(matchMedia('(pointer: coarse)').matches ? { tool: 'hand' as const } : {}),
  });
  let last = local.get().leftPanel;
  local.subscribe(() => {
    const now = local.get().leftPanel;
    if (now !== last && innerWidth >= 1024) localStorage.setItem(leftKey, now ?? '');
    last = now;
  });
  return local;
}
