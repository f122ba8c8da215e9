import type { Json } from '../draft/draft-value';
import type {
  Definition,
  WorkflowEdge,
  WorkflowGroup,
  WorkflowNode,
  WorkflowNote,
} from '../schema';

type Fields = Map<string, Json>;

/** Fields by their paths; what is not set, or set to what its absence means, is not there. */
function fields(values: Record<string, Json | undefined>): Fields {
  const found: Fields = new Map();
  for (const [path, value] of Object.entries(values)) {
    if (value !== undefined) found.set(path, value);
  }
  return found;
}

export function fieldsOfMeta({ name, description, timeoutMs }: Definition): Fields {
  return fields({ name, description, timeoutMs });
}

export function fieldsOfNode(node: WorkflowNode): Fields {
  const found = fields({
    name: node.name,
    key: node.key,
    type: node.type,
    position: { x: node.position.x, y: node.position.y },
    disabled: node.disabled || undefined,
    group: node.group,
    color: node.color,
    fixed: node.fixed || undefined,
    policy: node.policy as Json | undefined,
    pinnedOutput: node.pinnedOutput,
  });
  for (const [name, value] of Object.entries(node.config)) found.set(`config.${name}`, value);
  return found;
}

export function fieldsOfEdge({ source, sourcePort, target, targetPort }: WorkflowEdge): Fields {
  return fields({ source, sourcePort, target, targetPort });
}

export function fieldsOfGroup({ name, color }: WorkflowGroup): Fields {
  return fields({ name, color });
}

export function fieldsOfNote({ text, position, width, height, color }: WorkflowNote): Fields {
  return fields({
    text,
    position: { x: position.x, y: position.y },
    size: { width, height },
    color,
  });
}
