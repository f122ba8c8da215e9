import type { Field } from '@/components/form/fields';
import { checkInput, type InputField, inputTypes } from '@/lib/nodes/run-input';
import type { Graph } from '../graph-view';

export type RunInput = InputField & { description: string };

/** What the start node asks for; nothing without one. */
export function inputsOf(graph: Graph): RunInput[] {
  const start = [...graph.nodes.values()].find((node) => node.type === 'start' && !node.disabled);
  const rows = Array.isArray(start?.config.inputs) ? start.config.inputs : [];
  return rows.flatMap((row) => {
    const { name, type, required, default: initial, description } = row as Record<string, unknown>;
    if (typeof name !== 'string' || name === '') return [];
    return [
      {
        name,
        type: inputTypes.find((each) => each === type) ?? 'text',
        required: required === true,
        default: typeof initial === 'string' ? initial : '',
        description: typeof description === 'string' ? description : '',
      },
    ];
  });
}

const controls: Record<InputField['type'], Field['control']> = {
  text: { kind: 'shared-text', widget: 'text' },
  number: { kind: 'number', integer: false },
  boolean: { kind: 'boolean' },
  json: { kind: 'json' },
  file: { kind: 'file' },
};

/** The inputs as fields of a form. */
export function inputFields(inputs: readonly RunInput[]): Field[] {
  return inputs.map((input) => ({
    name: input.name,
    title: input.name,
    required: input.required,
    advanced: false,
    control: controls[input.type],
    ...(input.description ? { description: input.description } : {}),
    ...(input.default ? { placeholder: input.default } : {}),
  }));
}

/** What the form begins with: the defaults of switches and numbers show; texts show theirs as a hint. */
export function initialInput(inputs: readonly RunInput[]): Record<string, unknown> {
  const checked = checkInput(
    inputs.filter((input) => input.default !== ''),
    {},
  );
  return checked.ok ? checked.value : {};
}

/** Why a run cannot start with this input; empty when it can. */
export function inputProblems(
  inputs: readonly RunInput[],
  value: Record<string, unknown>,
): string[] {
  const checked = checkInput(inputs, value);
  return checked.ok ? [] : checked.problems;
}
