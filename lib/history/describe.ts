import type { Definition } from '@/lib/workflows/schema';
import type { ChangedAt } from './bursts';
import type { ChangedElement } from './contract';

const parts = ['nodes', 'edges', 'groups', 'notes'] as const;
const rank = { meta: 0, nodes: 1, notes: 2, groups: 3, edges: 4 } as const;

/** Names of elements by `<part>/<id>`, as lists show them. */
export function elementNames(definition: Definition): Map<string, string> {
  const nodes = new Map(definition.nodes.map((node) => [node.id, node.name]));
  return new Map([
    ...definition.nodes.map((node) => [`nodes/${node.id}`, node.name] as const),
    ...definition.edges.map(
      ({ id, source, target }) =>
        [`edges/${id}`, `${nodes.get(source) ?? '?'} → ${nodes.get(target) ?? '?'}`] as const,
    ),
    ...(definition.groups ?? []).map((group) => [`groups/${group.id}`, group.name] as const),
    ...(definition.notes ?? []).map(
      (note) => [`notes/${note.id}`, note.text.trim().split('\n')[0]?.slice(0, 80) ?? ''] as const,
    ),
  ]);
}

/** What was changed, in words' reach: steps first, edges last. */
export function describeChanges(
  changedAt: ChangedAt,
  names: ReadonlyMap<string, string>,
): ChangedElement[] {
  return Object.entries(changedAt)
    .flatMap(([element, fields]) => describe(element, Object.keys(fields), names) ?? [])
    .sort((a, b) => rank[a.part] - rank[b.part]);
}

function describe(
  element: string,
  fields: readonly string[],
  names: ReadonlyMap<string, string>,
): ChangedElement | undefined {
  if (fields.length === 0) return undefined;
  if (element === 'meta') {
    return { part: 'meta', id: '', name: '', change: 'changed', fields: [...fields] };
  }
  const [root, id = ''] = element.split('/');
  const part = parts.find((each) => each === root);
  if (!part) return undefined;
  const gone = fields.find((field) => field.startsWith('-'));
  const name = names.get(element) ?? gone?.slice(1) ?? '';
  const change = gone !== undefined ? 'removed' : fields.includes('+') ? 'added' : 'changed';
  return { part, id, name, change, fields: change === 'changed' ? [...fields] : [] };
}
