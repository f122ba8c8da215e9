import type {
  WorkflowEdge,
  WorkflowGroup,
  WorkflowNode,
  WorkflowNote,
} from '@/lib/workflows/schema';

/** A node of the draft as it stands, which may be unfinished: its config was not checked. */
export type DraftNode = WorkflowNode;

export type Graph = {
  name: string;
  description: string;
  /** In the order of the document; unchanged nodes and edges keep their identity. */
  nodes: ReadonlyMap<string, DraftNode>;
  edges: ReadonlyMap<string, WorkflowEdge>;
  groups: ReadonlyMap<string, WorkflowGroup>;
  notes: ReadonlyMap<string, WorkflowNote>;
};
