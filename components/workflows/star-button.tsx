'use client';

import { Star } from 'lucide-react';
import { useFavourite } from '@/components/data/workflow-queries';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import type { WorkflowSummary } from '@/lib/workflows/contract';

/** Makes a workflow one's favourite, or none any more. */
export function StarButton({ workflow }: { workflow: WorkflowSummary }) {
  const { mutate, isPending, variables } = useFavourite();
  // What was asked shows at once.
  const on = isPending ? variables.on : workflow.favourite;
  return (
    <IconButton
      label={on ? `Remove ${workflow.name} from favourites` : `Add ${workflow.name} to favourites`}
      size="sm"
      aria-pressed={on}
      className="aria-pressed:bg-transparent"
      onClick={() =>
        mutate(
          { id: workflow.id, on: !on },
          { onError: (error) => toastError('The favourite was not changed', error) },
        )
      }
    >
      <Star
        className={cn(
          on
            ? 'fill-[#f2b01e] text-[#b98200] dark:text-[#f2b01e]'
            : 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100',
        )}
      />
    </IconButton>
  );
}
