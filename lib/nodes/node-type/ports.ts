import { defaultPort, type NodeType, type Port } from './define-node';

/** Output ports of a node as configured. Tolerant: a half-written config still has ports to draw. */
export function portsOf(type: NodeType, config: Record<string, unknown>): Port[] {
  if (!type.ports) return [defaultPort];
  if (Array.isArray(type.ports)) return type.ports;
  try {
    return type
      .ports(config)
      .flatMap(({ id, label }) => (typeof id === 'string' ? { id, label: String(label) } : []));
  } catch {
    return [defaultPort];
  }
}

/** Where a step goes on that failed, when its policy says so. */
export const errorPort: Port = { id: 'error', label: 'Error' };

/** The ports of a node: those of its type, and one for errors when its policy asks for it. */
export function portsOfNode(
  type: NodeType,
  node: { config: Record<string, unknown>; policy?: { onError?: string | undefined } | undefined },
): Port[] {
  const ports = portsOf(type, node.config);
  return node.policy?.onError === 'port' ? [...ports, errorPort] : ports;
}
