import type { Field } from '../node-type/form-fields';
import { choicesOf } from './input-values';
import { checkInput, type InputField } from './run-input';

export type RunInput = InputField & { description: string; label?: string };

function controlOf(input: RunInput): Field['control'] {
  switch (input.type) {
    case 'text':
    case 'longtext':
      return { kind: 'shared-text', widget: 'text' };
    case 'number':
      return { kind: 'number', integer: false };
    case 'choice':
      return { kind: 'select', options: choicesOf(input), asWritten: true };
    case 'date':
    case 'email':
      return { kind: 'string', inputType: input.type };
    case 'boolean':
    case 'json':
    case 'file':
      return { kind: input.type };
  }
}

/** The inputs as fields of a form. */
export function inputFields(inputs: readonly RunInput[]): Field[] {
  return inputs.map((input) => ({
    name: input.name,
    title: input.label || input.name,
    required: input.required,
    advanced: false,
    control: controlOf(input),
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
