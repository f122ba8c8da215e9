import type { Graph } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';

/** Steps that no wire reaches or leaves, in a workflow with a start: they run beside it, and nobody waits for them. */
export function looseSteps({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): string[] {
  const on = [...nodes.values()].filter(({ disabled }) => !disabled);
  const isStart = (type: string) => {
    const known = typeOf(type);
    return known?.accepts === false && known.kind !== 'handler';
  };
  if (!on.some(({ type }) => isStart(type))) return [];
  const wired = new Set([...edges.values()].flatMap(({ source, target }) => [source, target]));
  return on
    .filter(
      ({ id, type, group }) =>
        group === undefined && !wired.has(id) && typeOf(type)?.accepts !== false,
    )
    .map(({ name }) => name);
}

const maxNamed = 3;

/** Said before a run, since the check of a draft says nothing of steps that were only just put down. */
export function LooseStepsNotice({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  const shown = names.slice(0, maxNamed).map((name) => `“${name}”`);
  const rest = names.length - shown.length;
  const list = rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
  return (
    <p role="note" className="mb-3 rounded-md border bg-warning-soft px-3 py-2 text-sm">
      {names.length === 1
        ? `${list} has no wire: it runs on its own.`
        : `${list} have no wires: they run on their own.`}
    </p>
  );
}
