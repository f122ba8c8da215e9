'use client';

import { cn } from '@/components/ui/cn';
import type { IfModel } from '@/lib/spending/if-model-schema';
import { ifModelsWords } from '@/lib/spending/if-models';
import { AddModel } from './made-up';

type Props = { models: readonly IfModel[]; per: string; className?: string | undefined };

/** What something would cost with a real model, where none is set up. */
export function IfModelsLine({ models, per, className }: Props) {
  if (models.length === 0) return null;
  return (
    <p className={cn('text-xs text-muted tabular', className)} role="note">
      No model is set up. {ifModelsWords(models, per)}. <AddModel />
    </p>
  );
}
