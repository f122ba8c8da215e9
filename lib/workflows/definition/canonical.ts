import type { Json } from '../draft/draft-value';
import {
  type Definition,
  definitionSchema,
  type WorkflowEdge,
  type WorkflowGroup,
  type WorkflowNode,
  type WorkflowNote,
} from '../schema';

/** A definition with its keys in the order of files: what people look for first comes first, configs by the alphabet. */
export function canonicalDefinition(definition: Definition): Definition {
  const parsed = definitionSchema.parse(definition);
  const { schema, name, description, timeoutMs, nodes, edges, groups, notes } = parsed;
  return {
    schema,
    name,
    description,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    nodes: nodes.map(canonicalNode),
    edges: edges.map(canonicalEdge),
    ...(groups && groups.length > 0 ? { groups: groups.map(canonicalGroup) } : {}),
    ...(notes && notes.length > 0 ? { notes: notes.map(canonicalNote) } : {}),
  };
}

/** One text for all definitions that mean the same: the order of nodes and edges does not count. */
export function canonicalText(definition: Definition): string {
  const { nodes, edges, groups = [], notes = [], ...rest } = canonicalDefinition(definition);
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return JSON.stringify({
    ...rest,
    nodes: nodes.toSorted(byId),
    edges: edges.toSorted(byId),
    groups: groups.toSorted(byId),
    notes: notes.toSorted(byId),
  });
}

function canonicalNode(node: WorkflowNode): WorkflowNode {
  const { id, key, type, name, position, config, policy, disabled } = node;
  const { group, color, fixed, pinnedOutput } = node;
  return {
    id,
    key,
    type,
    name,
    position: { x: position.x, y: position.y },
    config: sorted(config) as WorkflowNode['config'],
    ...(policy ? { policy: sorted(policy) as WorkflowNode['policy'] } : {}),
    ...(disabled ? { disabled } : {}),
    ...(group ? { group } : {}),
    ...(color ? { color } : {}),
    ...(fixed ? { fixed } : {}),
    ...(pinnedOutput === undefined ? {} : { pinnedOutput: sorted(pinnedOutput) as Json }),
  };
}

function canonicalEdge({ id, source, sourcePort, target, targetPort }: WorkflowEdge): WorkflowEdge {
  return { id, source, sourcePort, target, targetPort };
}

function canonicalGroup({ id, name, color }: WorkflowGroup): WorkflowGroup {
  return { id, name, ...(color ? { color } : {}) };
}

function canonicalNote({ id, text, position, width, height, color }: WorkflowNote): WorkflowNote {
  const { x, y } = position;
  return { id, text, position: { x, y }, width, height, ...(color ? { color } : {}) };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
