import type { ContainerNode } from './container-frame';
import type { FrameNode } from './frame-card';
import type { NoteNode } from './note-card';
import type { StepNode } from './step-card';

/** Whatever stands on the canvas. */
export type CanvasNode = StepNode | FrameNode | ContainerNode | NoteNode;
