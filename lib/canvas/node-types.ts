import { z } from 'zod';
import { catalogue } from '@/lib/nodes/catalogue';
import { defaultPort, type NodeType, type Port } from '@/lib/nodes/node-type/define-node';
import { portsOfNode } from '@/lib/nodes/node-type/ports';
import { isRecord } from '@/lib/values/unknown';
import { elementOf, shapeOf } from '@/lib/values/zod-parts';
import { unwrap } from '@/lib/workflows/config-fields';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import type { DraftNode } from './graph';

/** A node's type, or undefined for one that this version of the product does not know. */
export function typeOf(type: string): NodeType | undefined {
  return typeNamed(catalogue, type);
}

/**
 * The config with defaults filled in, with nothing missing and nothing of the wrong kind: a draft may hold anything and
 * is drawn all the same. A setting is completed when it is read: a card shows few of them, and a thousand cards are
 * drawn at once.
 */
function completed(schema: z.ZodObject, config: Record<string, unknown>): Record<string, unknown> {
  const shape = shapeOf(schema);
  const read = (name: string | symbol) => {
    const value = typeof name === 'string' ? config[name] : undefined;
    const field = typeof name === 'string' && Object.hasOwn(shape, name) ? shape[name] : undefined;
    return field ? fitting(field, value) : value;
  };
  return new Proxy(config, { get: (_, name) => read(name) });
}

/** The value as its schema reads it; else what is nearest to it and can be drawn. */
function fitting(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { inner } = unwrap(schema);
  if (inner instanceof z.ZodArray) {
    const row = unwrap(elementOf(inner)).inner;
    const rows = Array.isArray(value) ? value.filter(isRecord) : [];
    return row instanceof z.ZodObject ? rows.map((each) => completed(row, each)) : [];
  }
  if (inner instanceof z.ZodObject) return isRecord(value) ? completed(inner, value) : {};
  if (inner instanceof z.ZodNumber) return typeof value === 'number' ? value : '';
  return typeof value === 'string' ? value : '';
}

type Drawn = { accepts: boolean; ports: readonly Port[]; subtitle: string };
const drawn = new WeakMap<DraftNode, Drawn>();

function draw(node: DraftNode): Drawn {
  const type = typeOf(node.type);
  if (!type)
    return { accepts: true, ports: [defaultPort], subtitle: `Unknown type "${node.type}"` };
  const config = completed(type.config, node.config);
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
    subtitle: attempt(() => String(type.subtitle?.(config) ?? '').trim(), ''),
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

const sameNames = (a: readonly Port[], b: readonly Port[]) =>
  a.length === b.length &&
  a.every(({ id, label }, at) => id === b[at]?.id && label === b[at]?.label);

/** Whether a card looks and acts alike in two states of its node, wherever it stands: letters in a prompt do not show. */
export function sameCard(a: DraftNode, b: DraftNode): boolean {
  const looks = ['type', 'name', 'disabled', 'color', 'fixed', 'group'] as const;
  if (looks.some((part) => a[part] !== b[part])) return false;
  if ((a.pinnedOutput === undefined) !== (b.pinnedOutput === undefined)) return false;
  const [before, now] = [drawingOf(a), drawingOf(b)];
  return before.subtitle === now.subtitle && sameNames(before.ports, now.ports);
}

/** The state of a type's example: what completion offers before the first run. */
export function sampleOf(type: string): unknown {
  return typeOf(type)?.sample;
}
