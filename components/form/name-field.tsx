'use client';

import { useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/controls/input';
import { workflowLimits } from '@/lib/workflows/schema';

type Props = {
  label: string;
  value: string;
  readOnly: boolean;
  onCommit: (name: string) => void;
  className?: string;
};

/** A name that is edited in place: it is set on Enter and on leaving, Escape takes back what was typed. */
export function NameField({ label, value, readOnly, onCommit, className }: Props) {
  const [draft, setDraft] = useState<string>();
  const commit = () => {
    const next = draft?.trim();
    if (next && next !== value) onCommit(next);
    setDraft(undefined);
  };
  return (
    <Input
      aria-label={label}
      value={draft ?? value}
      readOnly={readOnly}
      maxLength={workflowLimits.nameLength}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          const field = event.currentTarget;
          setDraft(undefined);
          // Leaving sets what was typed: it is taken back first.
          requestAnimationFrame(() => field.blur());
        }
      }}
      className={cn(
        'border-transparent bg-transparent px-1.5 font-medium hover:border-border-strong',
        className,
      )}
    />
  );
}
