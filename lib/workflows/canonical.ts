import { type Definition, definitionSchema, type WorkflowEdge, type WorkflowNode } from './schema';

/** A definition with its keys in the order of files: what people look for first comes first, configs by the alphabet. */
export function canonicalDefinition(definition: Definition): Definition {
  const { schema, name, description, timeoutMs, nodes, edges } = definitionSchema.parse(definition);
  return {
    schema,
    name,
    description,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    nodes: nodes.map(canonicalNode),
    edges: edges.map(canonicalEdge),
  };
}

/** One text for all definitions that mean the same: the order of nodes and edges does not count. */
export function canonicalText(definition: Definition): string {
  const { nodes, edges, ...rest } = canonicalDefinition(definition);
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return JSON.stringify({ ...rest, nodes: nodes.toSorted(byId), edges: edges.toSorted(byId) });
}

function canonicalNode(node: WorkflowNode): WorkflowNode {
  const { id, key, type, name, position, config, policy, disabled } = node;
  return {
    id,
    key,
    type,
    name,
    position: { x: position.x, y: position.y },
    config: sorted(config) as WorkflowNode['config'],
    ...(policy ? { policy: sorted(policy) as WorkflowNode['policy'] } : {}),
    ...(disabled ? { disabled } : {}),
  };
}

function canonicalEdge({ id, source, sourcePort, target, targetPort }: WorkflowEdge): WorkflowEdge {
  return { id, source, sourcePort, target, targetPort };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
