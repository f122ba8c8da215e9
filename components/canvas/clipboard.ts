import { z } from 'zod';
import { edgeSchema, nodeSchema, workflowLimits } from '@/lib/workflows/schema';

/** Steps as text on the clipboard: portable between workflows, workspaces, and a chat message. */
const clipboardSchema = z.strictObject({
  ensemble: z.literal('steps'),
  schema: z.literal(1),
  nodes: z.array(nodeSchema).min(1).max(workflowLimits.nodes),
  edges: z.array(edgeSchema).max(workflowLimits.edges),
});
export type Clipboard = Pick<z.infer<typeof clipboardSchema>, 'nodes' | 'edges'>;

export function toClipboardText(content: Clipboard): string {
  return JSON.stringify({ ensemble: 'steps', schema: 1, ...content }, null, 2);
}

/** Steps in a text, or undefined when it holds something else. */
export function fromClipboardText(text: string): Clipboard | undefined {
  if (!text.includes('"ensemble"')) return undefined;
  try {
    const parsed = clipboardSchema.safeParse(JSON.parse(text));
    return parsed.success ? { nodes: parsed.data.nodes, edges: parsed.data.edges } : undefined;
  } catch {
    return undefined;
  }
}
