'use client';

import { useMemo } from 'react';
import { inputFields, type RunInput } from '@/lib/nodes/forms/run-inputs';
import { Form } from '../form';
import { type FormHost, FormHostProvider } from '../host';

type Value = Record<string, unknown>;
type Props = {
  inputs: readonly RunInput[];
  value: Value;
  onChange: (change: (now: Value) => Value) => void;
};

/** A form for declared inputs, as a run or a decision takes them. */
export function InputForm({ inputs, value, onChange }: Props) {
  const fields = useMemo(() => inputFields(inputs), [inputs]);
  const host = useMemo<FormHost>(
    () => ({
      readOnly: false,
      problems: [],
      set: ([name], next) => onChange((now) => ({ ...now, [String(name)]: next })),
      addRow: () => undefined,
      removeRow: () => undefined,
      moveRow: () => undefined,
    }),
    [onChange],
  );
  return (
    <FormHostProvider value={host}>
      <Form fields={fields} value={value} />
    </FormHostProvider>
  );
}
