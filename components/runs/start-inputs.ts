import type { Graph } from '@/lib/canvas/graph';
import { inputTypes } from '@/lib/nodes/forms/input-types';
import type { RunInput } from '@/lib/nodes/forms/run-inputs';
import { isRecord } from '@/lib/values/unknown';

/** What the start node asks for; nothing without one. */
export function inputsOf(graph: Graph): RunInput[] {
  const start = [...graph.nodes.values()].find((node) => node.type === 'start' && !node.disabled);
  const rows: unknown[] = Array.isArray(start?.config.inputs) ? start.config.inputs : [];
  return rows.filter(isRecord).flatMap((row) => {
    const { name, type, required, default: initial, description, label, choices } = row;
    if (typeof name !== 'string' || name === '') return [];
    return [
      {
        name,
        type: inputTypes.find((each) => each === type) ?? 'text',
        required: required === true,
        default: typeof initial === 'string' ? initial : '',
        description: typeof description === 'string' ? description : '',
        label: typeof label === 'string' ? label : '',
        choices: typeof choices === 'string' ? choices : '',
      },
    ];
  });
}
