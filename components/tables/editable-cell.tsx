'use client';

import { useState } from 'react';
import { cn } from '@/components/ui/cn';
import type { Cell, ColumnType } from '@/lib/data-tables/schema';

type Props = {
  label: string;
  type: ColumnType;
  value: Cell;
  canWrite: boolean;
  /** Called with what was entered, where it is something else than before. */
  onSave: (value: Cell) => void;
};

const shownOf = (value: Cell) =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** A value that becomes a field when it is clicked, or by Enter; Escape leaves it as it was. */
export function EditableCell({ label, type, value, canWrite, onSave }: Props) {
  const [editing, setEditing] = useState(false);
  const text = shownOf(value);
  if (type === 'boolean') {
    return (
      <span className="flex h-8 items-center px-2.5">
        <input
          type="checkbox"
          aria-label={label}
          className="size-3.5 accent-accent-solid"
          checked={value === true}
          disabled={!canWrite}
          onChange={(event) => onSave(event.target.checked)}
        />
      </span>
    );
  }
  const look = cn(
    'block h-8 w-full truncate px-2.5 text-left',
    type === 'number' && 'text-right tabular',
    type === 'json' && 'font-mono text-xs',
  );
  if (!canWrite) {
    return (
      <span className={cn(look, 'leading-8')} title={text.length > 40 ? text : undefined}>
        {text}
      </span>
    );
  }
  if (!editing) {
    return (
      <button
        type="button"
        aria-label={`${label}: ${text === '' ? 'empty' : text}`}
        className={cn(look, 'cursor-text outline-offset-[-2px]')}
        onClick={() => setEditing(true)}
      >
        {text}
      </button>
    );
  }
  const finish = (next: string) => {
    setEditing(false);
    if (next !== text) onSave(next === '' && type !== 'text' ? null : next);
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
      autoFocus
      aria-label={label}
      defaultValue={text}
      placeholder={type === 'date' ? '2026-11-30' : undefined}
      className={cn(look, 'bg-raised outline-2 outline-offset-[-2px] outline-accent')}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setEditing(false);
      }}
    />
  );
}
