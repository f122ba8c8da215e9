/** React Flow has one space of ids: those of notes and groups carry their kind. A ":" is in no element's own id. */
export type ObjectKind = 'note' | 'group';

export const flowIdOf = (kind: ObjectKind, id: string): string => `${kind}:${id}`;

/** What an id of the canvas stands for. */
export function elementOf(flowId: string): { kind: ObjectKind | 'node'; id: string } {
  const at = flowId.indexOf(':');
  if (at < 0) return { kind: 'node', id: flowId };
  return { kind: flowId.slice(0, at) === 'note' ? 'note' : 'group', id: flowId.slice(at + 1) };
}

/** The own ids of all that are of one kind. */
export function idsOf(flowIds: Iterable<string>, wanted: ObjectKind): string[] {
  const found: string[] = [];
  for (const flowId of flowIds) {
    const { kind, id } = elementOf(flowId);
    if (kind === wanted) found.push(id);
  }
  return found;
}

/** Whether a note, a group, or the step that a frame belongs to, is still there. */
export function isThere(
  graph: {
    notes: ReadonlyMap<string, unknown>;
    groups: ReadonlyMap<string, unknown>;
    nodes: ReadonlyMap<string, unknown>;
  },
  flowId: string,
): boolean {
  const { kind, id } = elementOf(flowId);
  return kind === 'note' ? graph.notes.has(id) : graph.groups.has(id) || graph.nodes.has(id);
}
