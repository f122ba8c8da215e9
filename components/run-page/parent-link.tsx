'use client';

import { CornerLeftUp } from 'lucide-react';
import Link from 'next/link';
import { useRunView } from '@/components/data/queries';
import type { RunSummary } from '@/lib/runs/contract';
import { placeOfChild } from '@/lib/runs/view/child-place';

/** Says which step of which run started this one, with the way back. */
export function ParentLink({ parent }: { parent: NonNullable<RunSummary['parent']> }) {
  const { data: run } = useRunView(parent.runId);
  const step = run?.steps.find(({ id }) => id === parent.stepId);
  return (
    <nav
      aria-label="Parent run"
      className="flex min-h-8 items-center gap-2 border-b px-4 py-1 text-xs text-muted"
    >
      <CornerLeftUp className="size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 truncate">
        {step ? (
          <>
            {placeOfChild(step.type, parent)} of{' '}
            <span className="font-medium text-fg">{step.name}</span> in{' '}
          </>
        ) : (
          'Part of '
        )}
        <Link
          href={`/runs/${parent.runId}?step=${encodeURIComponent(parent.stepId)}`}
          className="rounded-sm font-medium text-fg underline decoration-border-strong underline-offset-2 hover:decoration-accent"
        >
          {run ? `the run of ${run.workflowName}` : 'the parent run'}
        </Link>
      </span>
    </nav>
  );
}
