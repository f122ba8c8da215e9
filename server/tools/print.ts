import { z } from 'zod';
import type { OfferedTool } from '@/lib/tools/call';
import type { Tool } from '@/lib/tools/define-tool';
import { hashOf } from '@/server/idempotency/hash-of';

/** The arguments of a tool as JSON schema. */
export function inputSchemaOf(tool: Pick<Tool, 'input' | 'inputSchema'>): Record<string, unknown> {
  if (tool.inputSchema !== undefined) return tool.inputSchema;
  const known = schemas.get(tool.input);
  if (known !== undefined) return known;
  const { $schema: _, ...schema } = z.toJSONSchema(tool.input, {
    io: 'input',
    unrepresentable: 'any',
  });
  schemas.set(tool.input, schema);
  return schema;
}
/** Tools never change; one that does is another object. */
const schemas = new WeakMap<object, Record<string, unknown>>();
const prints = new WeakMap<Tool, string>();

export const offered = (tool: Tool): OfferedTool => ({
  name: tool.name,
  title: tool.title,
  description: tool.description,
  inputSchema: inputSchemaOf(tool),
  effect: tool.effect,
  print: printOf(tool),
  ...(tool.source === 'builtin' ? { always: true as const } : {}),
});

/** What a tool is, as a hash: another one after any change that whoever approved it should know of. */
export function printOf(tool: Tool): string {
  const known = prints.get(tool);
  if (known !== undefined) return known;
  const { name, ref, title, description, effect, risk, approval } = tool;
  const print = hashOf({
    name,
    ref,
    title,
    description,
    effect,
    risk,
    approval,
    input: inputSchemaOf(tool),
  });
  prints.set(tool, print);
  return print;
}
