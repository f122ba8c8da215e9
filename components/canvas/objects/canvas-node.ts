import type { StepNode } from '../step-card';
import type { ContainerNode } from './container-frame';
import type { FrameNode } from './frame-card';
import type { NoteNode } from './note-card';

/** Whatever stands on the canvas. */
export type CanvasNode = StepNode | FrameNode | ContainerNode | NoteNode;
