import { z } from 'zod';
import type { OfferedTool } from '@/lib/tools/call';
import type { Tool } from '@/lib/tools/define-tool';
import { hashOf } from '@/server/idempotency/hash-of';

/** The arguments of a tool as JSON schema. */
export function inputSchemaOf(tool: Pick<Tool, 'input' | 'inputSchema'>): Record<string, unknown> {
  if (tool.inputSchema !== undefined) return tool.inputSchema;
  const { $schema: _, ...schema } = z.toJSONSchema(tool.input, {
    io: 'input',
    unrepresentable: 'any',
  });
  return schema;
}

export const offered = (tool: Tool): OfferedTool => ({
  name: tool.name,
  description: tool.description,
  inputSchema: inputSchemaOf(tool),
  effect: tool.effect,
});

/** What a tool is, as a hash: another one after any change that whoever approved it should know of. */
export function printOf(tool: Tool): string {
  const { name, ref, title, description, effect, risk, approval } = tool;
  return hashOf({
    name,
    ref,
    title,
    description,
    effect,
    risk,
    approval,
    input: inputSchemaOf(tool),
  });
}
