'use client';

import { Button } from '@/components/ui/controls/button';
import { formatCount } from '@/components/ui/format';
import { Spinner } from '@/components/ui/spinner';
import type { Whole } from './use-whole';

/** Says how much of a value is not shown, with a button that loads it. Empty when nothing is missing. */
export function MissingPart({ missing }: Pick<Whole, 'missing'>) {
  if (missing === undefined) return null;
  const size = `${formatCount(missing.characters)} characters`;
  return (
    <p className="flex items-center gap-2 text-xs text-muted" aria-live="polite">
      {missing.reading ? (
        <>
          <Spinner className="size-3" /> Reading {size}…
        </>
      ) : (
        <>
          {missing.failed
            ? `${size} could not be read.`
            : `Only the beginning of ${size} is shown.`}
          <Button size="sm" variant="ghost" onClick={missing.read}>
            {missing.failed ? 'Try again' : 'Show all'}
          </Button>
        </>
      )}
    </p>
  );
}
