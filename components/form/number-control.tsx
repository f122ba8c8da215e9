'use client';

import { useEffect, useState } from 'react';
import { Input } from '@/components/ui/controls/input';
import { exactNumber } from '@/lib/api/json/exact-number';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

type Props = ControlProps & { control: { integer: boolean; min?: number; max?: number } };

/** A number; empty takes the setting away. What is not a number yet is kept in the field, not in the document. */
export function NumberControl({ field, value, path, id, noteId, invalid, control }: Props) {
  const host = useFormHost();
  const known = typeof value === 'number' ? String(value) : '';
  const [draft, setDraft] = useState(known);
  useEffect(() => {
    setDraft((now) => (now !== '' && Number(now) === Number(known) ? now : known));
  }, [known]);
  const change = (next: string) => {
    setDraft(next);
    if (next.trim() === '') host.set(path, undefined);
    // A whole number that would lose digits is none that can be kept.
    else if (typeof exactNumber(next.trim()) === 'number' && Number.isFinite(Number(next)))
      host.set(path, Number(next));
  };
  return (
    <Input
      id={id}
      aria-describedby={noteId}
      aria-invalid={invalid || undefined}
      type="number"
      inputMode={control.integer ? 'numeric' : 'decimal'}
      step={control.integer ? 1 : 'any'}
      min={control.min}
      max={control.max}
      value={draft}
      readOnly={host.readOnly}
      placeholder={field.fallback === undefined ? field.placeholder : String(field.fallback)}
      className="tabular"
      onFocus={() => host.onFocus?.(path)}
      onBlur={() => {
        setDraft(known);
        host.onFocus?.(undefined);
      }}
      onChange={(event) => change(event.target.value)}
    />
  );
}
