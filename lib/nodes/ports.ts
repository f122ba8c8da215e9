import { defaultPort, type NodeType, type Port } from './define-node';

/** Output ports of a node as configured. Tolerant: a half-written config still has ports to draw. */
export function portsOf(type: NodeType, config: Record<string, unknown>): Port[] {
  if (!type.ports) return [defaultPort];
  if (Array.isArray(type.ports)) return type.ports;
  try {
    return type.ports(config);
  } catch {
    return [defaultPort];
  }
}
