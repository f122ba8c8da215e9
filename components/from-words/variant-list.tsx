'use client';

import { cn } from '@/components/ui/cn';
import { LeftOut } from './left-out';
import type { FromWords } from './use-describe';
import { type Variant, VariantCard } from './variant-card';

type Props = { made: FromWords; pending: boolean; onTake: (variant: Variant) => void };

/** The variants of a draft beside each other; where there are fewer than three, why. */
export function VariantList({ made: { variants, fewer, assumptions }, pending, onTake }: Props) {
  return (
    <div className="space-y-3">
      <LeftOut assumptions={assumptions} />
      <ul
        aria-label="Variants"
        className={cn(
          'grid gap-3',
          variants.length === 2 ? 'sm:grid-cols-2' : 'sm:grid-cols-2 md:grid-cols-3',
        )}
      >
        {variants.map((variant, at) => (
          <VariantCard
            key={variant.kinds.join(' ')}
            variant={variant}
            main={at === 0}
            pending={pending}
            onTake={() => onTake(variant)}
          />
        ))}
      </ul>
      {fewer.map((why) => (
        <p key={why} className="text-sm text-muted">
          {why}
        </p>
      ))}
    </div>
  );
}
