'use client';

import { useState } from 'react';
import { ConditionGroup } from '@/components/conditions/condition-group';
import { cn } from '@/components/ui/cn';
import type { Conditions } from '@/lib/expressions/conditions/conditions';
import { readConditions } from '@/lib/expressions/conditions/read-conditions';
import { writeConditions } from '@/lib/expressions/conditions/write-conditions';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';
import { LiveResult } from './live-result';
import { SharedTextControl } from './shared-text-control';

const emptyRow = { left: '', operator: 'is' } as const;

/**
 * A condition as rows, or as the expression that they stand for. What is stored is the expression alone: rows are read
 * from it, whoever wrote it.
 */
export function ConditionControl(props: ControlProps & { widget: string }) {
  const { field, value, path } = props;
  const host = useFormHost();
  const source = typeof value === 'string' ? value : '';
  const [asText, setAsText] = useState(false);
  // Rows that are not finished are no part of the expression, so they are kept here as long as it is the one they gave.
  const [draft, setDraft] = useState<{ gave: string; conditions: Conditions }>();
  const read = draft?.gave === source ? draft.conditions : readConditions(source);
  const rows = read !== undefined && !asText;
  const ofRows = field.control.kind === 'shared-text' && field.control.ofRow;

  const change = (conditions: Conditions) => {
    const gave = writeConditions(conditions);
    setDraft({ gave, conditions });
    if (gave !== source) host.set(path, gave);
  };
  return (
    <div className="flex flex-col gap-2">
      <div
        role="radiogroup"
        aria-label={`How to enter: ${field.title}`}
        className="flex gap-1 text-xs"
      >
        <Choice
          label="Builder"
          chosen={rows}
          disabled={read === undefined}
          onChoose={() => setAsText(false)}
        />
        <Choice label="Expression" chosen={!rows} onChoose={() => setAsText(true)} />
      </div>
      {rows ? (
        <>
          <ConditionGroup
            label={field.title}
            conditions={read.rows.length === 0 ? { ...read, rows: [emptyRow] } : read}
            onChange={change}
            depth={0}
            entry={{
              ...{ readOnly: host.readOnly, suggest: host.suggest },
              ...(ofRows ? { example: 'Value, such as row.amount' } : {}),
            }}
          />
          <LiveResult text={source} as="expression" />
        </>
      ) : (
        <>
          <SharedTextControl {...props} />
          {read === undefined ? (
            <p className="text-xs text-faint">This expression is too free for the builder.</p>
          ) : null}
        </>
      )}
    </div>
  );
}

type ChoiceProps = { label: string; chosen: boolean; disabled?: boolean; onChoose: () => void };

function Choice({ label, chosen, disabled = false, onChoose }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a radio of the browser cannot be drawn as a small tab
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      disabled={disabled}
      onClick={onChoose}
      className={cn(
        'rounded-md px-2 py-0.5',
        chosen ? 'bg-selected font-medium text-fg' : 'text-muted hover:bg-hover hover:text-fg',
        disabled && 'opacity-50 hover:bg-transparent',
      )}
    >
      {label}
    </button>
  );
}
