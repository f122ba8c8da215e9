import { z } from 'zod';
import type { NodeType } from '@/lib/nodes/node-type/define-node';
import { portsOf } from '@/lib/nodes/node-type/ports';
import { isRecord } from '@/lib/values/unknown';
import type { Catalogue } from '@/lib/workflows/node-catalogue';

/** Steps that a model may use: what needs an object of the workspace, such as a table, is left to people. */
export const usable = [
  ...['start', 'agent', 'model', 'http', 'read-file', 'transform', 'if', 'switch', 'join', 'map'],
  ...['delay', 'approval', 'filter', 'sort', 'limit', 'unique', 'group', 'aggregate', 'parse-data'],
  ...['write-data', 'remember', 'recall', 'send-message', 'output'],
];

/** Settings that few workflows need: leaving them out keeps the question short. */
const rare = new Set([
  'retryOn',
  'timeoutMs',
  'pages',
  'encoding',
  'delimiter',
  'protect',
  'indent',
  'remindEveryHours',
  'escalateAfterHours',
  'escalateTo',
  'tools',
  'lock',
  'expect',
  'orderKey',
  'compare',
]);

/** The steps with their settings, ports and outputs, a few lines each. */
export function nodeGuide(catalogue: Catalogue, types: readonly string[]): string {
  return types
    .flatMap((name) => catalogue[name] ?? [])
    .map(describe)
    .join('\n');
}

function describe(type: NodeType): string {
  const schema: unknown = z.toJSONSchema(type.config, { io: 'input', unrepresentable: 'any' });
  const properties = isRecord(schema) && isRecord(schema.properties) ? schema.properties : {};
  const required = isRecord(schema) && Array.isArray(schema.required) ? schema.required : [];
  const settings = Object.entries(properties).flatMap(([name, property]) =>
    rare.has(name) ? [] : [`${name}${required.includes(name) ? '*' : ''}: ${kindOf(property)}`],
  );
  const ports = portsOf(type, {}).map(({ id }) => id);
  const out = ports.join() === 'out' ? '' : ` Ports: ${ports.join(', ')}.`;
  const gives =
    type.sample === undefined ? '' : ` Output: ${JSON.stringify(type.sample).slice(0, 160)}`;
  return `- ${type.type}: ${type.summary} {${settings.join('; ')}}${out}${gives}`;
}

function kindOf(property: unknown): string {
  if (!isRecord(property)) return 'any';
  if (Array.isArray(property.enum)) return property.enum.map(String).slice(0, 8).join('|');
  if (
    property.type === 'array' &&
    isRecord(property.items) &&
    isRecord(property.items.properties)
  ) {
    return `[{${Object.keys(property.items.properties).join(', ')}}]`;
  }
  return typeof property.type === 'string' ? property.type : 'any';
}
