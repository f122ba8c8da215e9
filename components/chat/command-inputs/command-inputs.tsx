'use client';

import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { InputForm } from '@/components/form/inputs/input-form';
import { Button } from '@/components/ui/controls/button';
import { focusSoon } from '@/components/ui/focus-soon';
import type { AskedInputs, CommandInput } from '@/lib/chat/commands/contract';
import { inputProblems } from '@/lib/nodes/forms/run-inputs';

type Props = {
  says: string;
  inputs: AskedInputs;
  pending: boolean;
  onDone: (input: CommandInput) => void;
  onCancel: () => void;
};

/** What the workflow takes that a command starts: a form above the line. */
export function CommandInputs({ says, inputs, pending, onDone, onCancel }: Props) {
  const fields = inputs.fields.map(({ choices, label, ...field }) => ({
    ...field,
    ...(choices === undefined ? {} : { choices }),
    ...(label === undefined ? {} : { label }),
  }));
  const [value, setValue] = useState<Record<string, unknown>>(inputs.value);
  const [tried, setTried] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  // Who sent the line goes on typing here.
  useEffect(
    () => focusSoon(() => box.current?.querySelector('[data-field]')?.querySelector(editable)),
    [],
  );
  const wrong = inputProblems(fields, value);
  const done = () => {
    setTried(true);
    if (wrong.length === 0) onDone(given(value));
  };
  return (
    <fieldset
      ref={box}
      aria-label="Inputs of the workflow"
      className="border-b px-3 py-3"
      onKeyDown={(event) => {
        // The form around it sends messages; a field of several lines keeps its Enter.
        if (event.key === 'Escape') onCancel();
        if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
        if (!(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        done();
      }}
    >
      <div className="-mx-3 max-h-[45vh] space-y-3 overflow-y-auto px-3 pb-1">
        <p className="text-sm">{says}</p>
        <InputForm inputs={fields} value={value} onChange={setValue} />
      </div>
      {tried && wrong.length > 0 ? (
        <ul role="alert" className="mt-2 text-xs text-danger">
          {wrong.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
      <div className="mt-2 flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" loading={pending} onClick={done}>
          Do it
        </Button>
      </div>
    </fieldset>
  );
}

const editable = '.cm-content, input, textarea, button';
const inputSchema = z.record(z.string(), z.json());

/** Fields that were left empty are not sent: the start step fills in its defaults. */
const given = (value: Record<string, unknown>): CommandInput => {
  const filled = Object.entries(value).filter(([, each]) => each !== undefined && each !== '');
  return inputSchema.parse(Object.fromEntries(filled));
};
