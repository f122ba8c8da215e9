import { catalogue } from '@/lib/nodes/catalogue';
import { defaultPort, type NodeType, type Port } from '@/lib/nodes/define-node';
import { portsOf } from '@/lib/nodes/ports';
import type { DraftNode } from './graph-view';

/** A node's type, or undefined for one that this version of the product does not know. */
export function typeOf(type: string): NodeType | undefined {
  return catalogue[type];
}

type Drawn = { accepts: boolean; ports: readonly Port[]; subtitle: string };
const drawn = new WeakMap<DraftNode, Drawn>();

function draw(node: DraftNode): Drawn {
  const type = typeOf(node.type);
  if (!type)
    return { accepts: true, ports: [defaultPort], subtitle: `Unknown type "${node.type}"` };
  // A draft may be unfinished: what does not parse yet is drawn from what stands there.
  const parsed = type.config.safeParse(node.config);
  const config = parsed.success ? parsed.data : node.config;
  const attempt = <Value>(read: () => Value, otherwise: Value): Value => {
    try {
      return read() ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  return {
    accepts: type.accepts !== false,
    ports: portsOf(type, config),
    subtitle: attempt(() => type.subtitle?.(config) ?? '', ''),
  };
}

/** Ports and subtitle of a node, computed once per state of the node. */
export function drawingOf(node: DraftNode): Drawn {
  let result = drawn.get(node);
  if (!result) {
    result = draw(node);
    drawn.set(node, result);
  }
  return result;
}

/** The state of a type's example: what completion offers before the first run. */
export function sampleOf(type: string): unknown {
  return typeOf(type)?.sample;
}
