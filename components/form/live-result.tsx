'use client';

import { useEffect, useState } from 'react';
import { type LiveResult as Live, useFormHost } from './host';

const waitMs = 250;

/** What a text gives with the values of the last run, or with samples: as one types. */
export function LiveResult({ text, as }: { text: string; as: 'expression' | 'template' }) {
  const { live } = useFormHost();
  const [seen, setSeen] = useState<{ text: string; result: Live | undefined }>();
  const asks = as === 'expression' ? text.trim() !== '' : text.includes('{{');
  useEffect(() => {
    if (!live || !asks) return;
    let gone = false;
    const timer = setTimeout(() => {
      void live(text, as).then((result) => {
        if (!gone) setSeen({ text, result });
      });
    }, waitMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [live, text, as, asks]);
  const result = seen?.text === text ? seen.result : undefined;
  if (!asks || result === undefined) return null;
  return (
    <p className="mt-1 flex min-w-0 items-baseline gap-1.5 font-mono text-2xs">
      <span className="shrink-0 text-faint">{result.from === 'run' ? 'Last run:' : 'Sample:'}</span>
      {result.problem === undefined ? (
        <span className="line-clamp-3 min-w-0 text-muted whitespace-pre-wrap [overflow-wrap:anywhere]">
          {result.value === '' ? '(empty text)' : shown(result.value, as)}
        </span>
      ) : (
        <span className="min-w-0 font-sans text-warning">{result.problem}</span>
      )}
    </p>
  );
}

/** Lists and objects on one line: their lines would say little in three. */
const shown = (value: string, as: 'expression' | 'template'): string =>
  as === 'expression' ? value.replace(/\n\s*/g, ' ') : value;
