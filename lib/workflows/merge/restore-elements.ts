import { type Draft, draftParts, entryOf, writeEdge, writeNode } from '../draft/draft';
import { edit, freeKey } from '../draft/editing';
import { connectionProblem } from '../edits/edits';
import { type WorkflowEdge, type WorkflowNode, workflowLimits } from '../schema';

/**
 * Puts removed nodes back as they were, under their own ids, and those of their edges whose other end still exists.
 * What is there already stays as it is. Gives the ids of the nodes that came back.
 */
export function restoreElements(
  draft: Draft,
  elements: { nodes: readonly WorkflowNode[]; edges: readonly WorkflowEdge[] },
): string[] {
  const { nodes, edges, groups } = draftParts(draft.doc);
  const missing = elements.nodes.filter((node) => !nodes.has(node.id));
  if (missing.length === 0 || nodes.size + missing.length > workflowLimits.nodes) return [];
  const restored = edit(draft, undefined, () => {
    for (const { group, ...node } of missing) {
      const within = group !== undefined && groups.has(group) ? { group } : {};
      const key = freeKey(draft, node.key);
      writeNode(entryOf(nodes, node.id), { ...node, ...within, key }, draft);
    }
    for (const edge of elements.edges) {
      const fits = !edges.has(edge.id) && connectionProblem(draft, edge) === undefined;
      if (fits) writeEdge(entryOf(edges, edge.id), edge);
    }
    return missing.map((node) => node.id);
  });
  return restored ?? [];
}
