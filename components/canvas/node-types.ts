import type { z } from 'zod';
import { catalogue } from '@/lib/nodes/catalogue';
import { defaultPort, type NodeType, type Port } from '@/lib/nodes/define-node';
import { portsOfNode } from '@/lib/nodes/ports';
import type { DraftNode } from './graph-view';

/** A node's type, or undefined for one that this version of the product does not know. */
export function typeOf(type: string): NodeType | undefined {
  return catalogue[type];
}

/** The config with defaults filled in, and with nothing missing: a draft may be unfinished and is drawn all the same. */
function completed(type: NodeType, config: Record<string, unknown>): Record<string, unknown> {
  const parsed = type.config.safeParse(config);
  if (parsed.success) return parsed.data;
  const fields = Object.entries(type.config.shape as Record<string, z.ZodType>);
  return Object.fromEntries(
    fields.map(([name, schema]) => {
      const field = schema.safeParse(config[name]);
      if (field.success) return [name, field.data];
      return [name, config[name] ?? (schema.def.type === 'array' ? [] : '')];
    }),
  );
}

type Drawn = { accepts: boolean; ports: readonly Port[]; subtitle: string };
const drawn = new WeakMap<DraftNode, Drawn>();

function draw(node: DraftNode): Drawn {
  const type = typeOf(node.type);
  if (!type)
    return { accepts: true, ports: [defaultPort], subtitle: `Unknown type "${node.type}"` };
  const config = completed(type, node.config);
  const attempt = <Value>(read: () => Value, otherwise: Value): Value => {
    try {
      return read() ?? otherwise;
    } catch {
      return otherwise;
    }
  };
  return {
    accepts: type.accepts !== false,
    ports: portsOfNode(type, { config, policy: node.policy }),
    subtitle: attempt(() => type.subtitle?.(config) ?? '', '').trim(),
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
