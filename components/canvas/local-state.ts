import { type Cell, createCell } from './cell';

export type Point = { x: number; y: number };

/** Where and why a step is being added. */
export type PaletteRequest = {
  /** Where the palette opens, in pixels of the window. */
  screen: Point;
  /** Where the new step goes, in canvas coordinates; beside its neighbour, or in the middle, unless given. */
  at?: Point;
  /** The output that the new step is connected to. */
  from?: { nodeId: string; port: string };
  /** The input that the new step is connected to. */
  to?: { nodeId: string; port: string };
  /** The edge that the new step is put on. */
  edgeId?: string;
};

export type InspectorTab = 'settings' | 'data' | 'runs' | 'chat';
/** What the panel on the left shows. */
export type LeftView = 'workflows' | 'steps' | 'outline' | 'find';
/** By itself the panel is open while something is selected. */
export type InspectorPanel = 'auto' | 'open' | 'closed';

/** What is this person's alone: everything else on the canvas is the shared document. */
export type LocalState = {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** Positions of what is being dragged here, until it is dropped. */
  dragging: ReadonlyMap<string, Point>;
  tool: 'pointer' | 'hand';
  /** What the inspector shows. */
  tab: InspectorTab;
  panel: InspectorPanel;
  hoveredEdge?: string;
  palette?: PaletteRequest;
  /** The node whose name is being edited on the canvas. */
  renaming?: string;
  /** The person whose view this one keeps. */
  following?: { id: string; name: string; color: string };
  /** What the left panel shows; absent: it is closed. */
  left?: LeftView;
  /** Asked for by key or command: the left panel takes the focus. */
  leftAsked: number;
  /** The step that fills the screen with input, settings and output. */
  focused?: string;
  /** The step whose connections are made and cut in a dialog. */
  wiring?: string;
};

const none: ReadonlySet<string> = new Set();

export const emptyLocalState: LocalState = {
  nodes: none,
  edges: none,
  dragging: new Map(),
  tool: 'pointer',
  tab: 'settings',
  panel: 'auto',
  leftAsked: 0,
};

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>) {
  return a.size === b.size && [...a].every((id) => b.has(id));
}

/** Selects exactly these; selecting what is selected already tells nobody. */
export function select(
  local: Cell<LocalState>,
  nodes: Iterable<string>,
  edges: Iterable<string> = [],
): void {
  const next = { nodes: new Set(nodes), edges: new Set(edges) };
  local.set((now) =>
    sameSet(now.nodes, next.nodes) && sameSet(now.edges, next.edges) ? now : { ...now, ...next },
  );
}

export function createLocalState(): Cell<LocalState> {
  return createCell(emptyLocalState);
}
