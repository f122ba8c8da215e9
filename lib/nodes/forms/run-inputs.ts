import type { Field } from '../node-type/form-fields';
import { checkInput, type InputField } from './run-input';

export type RunInput = InputField & { description: string };

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
