import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import {
  edgeSchema,
  groupSchema,
  nodeSchema,
  noteSchema,
  workflowLimits,
} from '@/lib/workflows/schema';

/** Steps as text on the clipboard: portable between workflows, workspaces, and a chat message. */
const clipboardSchema = z.strictObject({
  ensemble: z.literal('steps'),
  schema: z.literal(1),
  nodes: z.array(nodeSchema).max(workflowLimits.nodes),
  edges: z.array(edgeSchema).max(workflowLimits.edges).default([]),
  groups: z.array(groupSchema).max(workflowLimits.groups).default([]),
  notes: z.array(noteSchema).max(workflowLimits.notes).default([]),
});
export type Clipboard = Pick<
  z.infer<typeof clipboardSchema>,
  'nodes' | 'edges' | 'groups' | 'notes'
>;

/** The text of steps. Ids are those of the text alone: nothing in it points back to where it was taken from. */
export function toClipboardText({ nodes, edges, groups, notes }: Clipboard): string {
  const numbered = (elements: readonly { id: string }[], letter: string) =>
    new Map(elements.map(({ id }, index) => [id, `${letter}${index + 1}`]));
  const nodeIds = numbered(nodes, 'step-');
  const groupIds = numbered(groups, 'group-');
  const named = (ids: ReadonlyMap<string, string>, id: string) => ids.get(id) ?? id;
  return JSON.stringify(
    {
      ensemble: 'steps',
      schema: 1,
      nodes: nodes.map(({ group, ...node }) => {
        const inside =
          group === undefined ? undefined : (groupIds.get(group) ?? nodeIds.get(group));
        return { ...node, id: named(nodeIds, node.id), ...(inside ? { group: inside } : {}) };
      }),
      edges: edges.map((edge, index) => ({
        ...edge,
        id: `edge-${index + 1}`,
        source: named(nodeIds, edge.source),
        target: named(nodeIds, edge.target),
      })),
      ...(groups.length > 0
        ? { groups: groups.map((group) => ({ ...group, id: named(groupIds, group.id) })) }
        : {}),
      ...(notes.length > 0
        ? { notes: notes.map((note, index) => ({ ...note, id: `note-${index + 1}` })) }
        : {}),
    },
    null,
    2,
  );
}

/** Steps in a text, or undefined when it holds something else. */
export function fromClipboardText(text: string): Clipboard | undefined {
  if (!text.includes('"ensemble"')) return undefined;
  const read = readJson(text, 0);
  const parsed = read.ok ? clipboardSchema.safeParse(read.value) : undefined;
  if (!parsed?.success) return undefined;
  const { nodes, edges, groups, notes } = parsed.data;
  return nodes.length + notes.length > 0 ? { nodes, edges, groups, notes } : undefined;
}
