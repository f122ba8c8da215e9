'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { usualTasksAtOnce } from '@/lib/messages/schema';
import type { TaskLimits } from '@/lib/tools/settings';

type Props = {
  limits: TaskLimits;
  /** Without tools a task is one answer: there is nothing to stop. */
  withTools: boolean;
  editable: boolean;
  onChange: (limits: TaskLimits) => void;
};

/** Where the tasks of an agent stop by themselves. */
export function AgentLimits({ limits, withTools, editable, onChange }: Props) {
  const { budgetUsd, maxAtOnce } = limits;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {withTools ? (
        <>
          <Amount
            label="Max. turns"
            hint="Answers of the model in one task."
            value={limits.maxTurns}
            editable={editable}
            onChange={(maxTurns) => onChange({ ...limits, maxTurns: maxTurns ?? 20 })}
          />
          <Amount
            label="Max. minutes"
            hint="Waiting for people does not count."
            value={limits.maxMinutes}
            editable={editable}
            onChange={(maxMinutes) => onChange({ ...limits, maxMinutes: maxMinutes ?? 60 })}
          />
          <Amount
            label="Budget in US dollars"
            hint="No turn begins beyond it. Empty: no limit."
            value={budgetUsd}
            editable={editable}
            onChange={(budgetUsd) => onChange(without(limits, 'budgetUsd', budgetUsd))}
          />
        </>
      ) : null}
      <Amount
        label="Tasks at once"
        hint={`From messages; others wait. Empty: ${usualTasksAtOnce}.`}
        value={maxAtOnce}
        editable={editable}
        onChange={(maxAtOnce) => onChange(without(limits, 'maxAtOnce', maxAtOnce))}
      />
    </div>
  );
}

/** The limits with one of them set, or left out. */
function without(
  limits: TaskLimits,
  name: 'budgetUsd' | 'maxAtOnce',
  value: number | undefined,
): TaskLimits {
  const { [name]: _, ...others } = limits;
  return value === undefined ? others : { ...others, [name]: value };
}

type AmountProps = {
  label: string;
  hint: string;
  value: number | undefined;
  editable: boolean;
  onChange: (value: number | undefined) => void;
};

function Amount({ label, hint, value, editable, onChange }: AmountProps) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  return (
    <Field label={label} hint={hint}>
      <Input
        value={text}
        inputMode="decimal"
        disabled={!editable}
        onChange={(event) => {
          setText(event.target.value);
          const read = Number(event.target.value.trim().replace(',', '.'));
          if (event.target.value.trim() === '') onChange(undefined);
          else onChange(Number.isNaN(read) ? -1 : read);
        }}
      />
    </Field>
  );
}
