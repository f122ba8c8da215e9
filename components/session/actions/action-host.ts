import type * as Y from 'yjs';
import type { WritableObservable } from '@/components/observable/observable';
import type { Point } from '@/lib/canvas/geometry';
import type { Draft } from '@/lib/workflows/draft/draft';
import type { GraphView } from '../state/graph-view';
import type { LocalState } from '../state/local-state';

/** What actions need from the editor that they belong to. */
export type ActionHost = {
  draft: Draft;
  undo: Y.UndoManager;
  graph: GraphView;
  local: WritableObservable<LocalState>;
  newId: () => string;
  /** The only connection of some kinds that may be used here, where there is just one. */
  onlyConnection(kinds: readonly string[]): string | undefined;
  /** Whether a lock of somebody else's keeps this person from changing a step. */
  isLocked(nodeId: string): boolean;
  toCanvas(screen: Point): Point;
  centre(): Point;
  reveal(nodeIds: readonly string[]): void;
  fit(): void;
  resetZoom(): void;
  say(message: string): void;
};
