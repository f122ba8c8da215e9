import type { Graph } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';
import { inFlowOrder } from '@/lib/canvas/outline-rows';

/** At most this many steps are sent; of a longer workflow the first ones. */
const maxSteps = 60;

/** Describes the workflow for a message to an agent: its name and address, what it is for, its steps in order. */
export function mentionOf(graph: Graph, workflowId: string, selected: ReadonlySet<string>): string {
  const steps = inFlowOrder(graph);
  const lines = steps.slice(0, maxSteps).map((step, index) => {
    const type = typeOf(step.type)?.title ?? step.type;
    const marks = [type, step.disabled ? 'disabled' : '', selected.has(step.id) ? 'selected' : ''];
    return `${index + 1}. ${step.name} (${marks.filter(Boolean).join(', ')})`;
  });
  const more = steps.length - lines.length;
  return [
    `About the workflow [${graph.name}](/workflows/${workflowId}).`,
    ...(graph.description ? [graph.description.slice(0, 1_000)] : []),
    '',
    ...lines,
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join('\n');
}
