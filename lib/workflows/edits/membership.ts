import * as Y from 'yjs';
import { type Draft, draftParts, setOrDelete } from '../draft/draft';
import { containsSteps } from '../draft/draft-shape';
import { nodeOf } from '../draft/editing';

/** The group that a node names, whether or not there is one. */
export function groupOf(draft: Draft, nodeId: string): string | undefined {
  const group = nodeOf(draft, nodeId)?.get('group');
  return typeof group === 'string' ? group : undefined;
}

/** Puts a node into a group, or out of its own. Call inside a transaction, and then {@link dropEmpty}. */
export function setGroup(draft: Draft, nodeId: string, group: string | undefined): void {
  const node = nodeOf(draft, nodeId);
  if (node) setOrDelete(node, 'group', group);
}

/** Takes a group away; its nodes stay. Call inside a transaction. */
export function dissolve(draft: Draft, group: string): void {
  const { nodes, groups } = draftParts(draft.doc);
  for (const node of nodes.values()) {
    if (node instanceof Y.Map && node.get('group') === group) node.delete('group');
  }
  groups.delete(group);
}

/** Takes those groups away that have no node left: nobody could see or reach them. Call inside a transaction. */
export function dropEmpty(draft: Draft, candidates: ReadonlySet<string>): void {
  if (candidates.size === 0) return;
  const { nodes, groups } = draftParts(draft.doc);
  const used = new Set<unknown>();
  for (const node of nodes.values()) if (node instanceof Y.Map) used.add(node.get('group'));
  for (const id of candidates) if (!used.has(id)) groups.delete(id);
}

/** The step inside which a node stands; undefined for one that stands in none. */
export function containerOf(draft: Draft, nodeId: string): string | undefined {
  const group = groupOf(draft, nodeId);
  if (group === undefined || group === nodeId) return undefined;
  return containsSteps(draft.catalogue, nodeOf(draft, group)?.get('type')) ? group : undefined;
}

/** Nodes with all that stands inside them, however deep. */
export function withInside(draft: Draft, nodeIds: Iterable<string>): Set<string> {
  const all = new Set(nodeIds);
  const { nodes } = draftParts(draft.doc);
  const isContainer = (id: string) =>
    containsSteps(draft.catalogue, nodeOf(draft, id)?.get('type'));
  // What is added meanwhile is looked at too: a set goes on while it grows.
  for (const id of all) {
    if (!isContainer(id)) continue;
    for (const [inner, node] of nodes.entries()) {
      if (node instanceof Y.Map && node.get('group') === id) all.add(inner);
    }
  }
  return all;
}
