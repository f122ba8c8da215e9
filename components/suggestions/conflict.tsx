'use client';

import { useId } from 'react';
import type { FieldReview } from '@/lib/suggestions/review';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { useReview } from './use-review';

type Props = {
  /** What `take` names. */
  name: string;
  field?: FieldReview;
  label?: string;
};

/** Others changed the same since: both values, and the choice between them. What stands there stays unless chosen. */
export function Conflict({ name, field, label }: Props) {
  const { taken, take } = useReview();
  const group = useId();
  const on = taken.has(name);
  if (!field) {
    return (
      <label className="mt-1 ml-6 flex items-start gap-2 rounded-sm bg-warning-soft px-2 py-1 text-xs text-warning">
        <input
          type="checkbox"
          className="mt-0.5 accent-[var(--accent)]"
          checked={on}
          onChange={(event) => take(name, event.target.checked)}
        />
        {label}
      </label>
    );
  }
  const choices = [
    { value: false, title: 'Keep current', shown: field.now },
    { value: true, title: 'Use suggestion', shown: field.after },
  ];
  return (
    <fieldset className="rounded-sm border border-warning/40 bg-warning-soft/50 px-2 py-1.5">
      <legend className="sr-only">Others changed this since</legend>
      <p className="text-warning">Others changed this since.</p>
      {choices.map(({ value, title, shown }) => (
        <label key={title} className="mt-1 flex items-start gap-2">
          <input
            type="radio"
            name={group}
            className="mt-0.5 accent-[var(--accent)]"
            checked={on === value}
            onChange={() => take(name, value)}
          />
          <span className="min-w-0">
            {title}
            <span className="block max-h-24 overflow-y-auto font-mono text-2xs break-words whitespace-pre-wrap text-muted">
              {textOf(shown)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function textOf(value: Json | undefined): string {
  if (value === undefined) return 'not set';
  if (value === '') return 'empty';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}
