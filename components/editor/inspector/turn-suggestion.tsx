'use client';

import { GitPullRequestArrow } from 'lucide-react';
import { useSession } from '@/components/session/session';
import { useSuggestions } from '@/components/suggestions/queries';
import { useReview } from '@/components/suggestions/use-review';
import { Button } from '@/components/ui/controls/button';
import { plural } from '@/components/ui/format';
import { Spinner } from '@/components/ui/spinner';
import type { Suggestion } from '@/lib/suggestions/schema';

/** Below an agent's answer: what it suggests for this workflow, and the way to it. */
export function TurnSuggestion({ runId }: { runId: string }) {
  const { workflowId } = useSession();
  const { show } = useReview();
  const { data } = useSuggestions(workflowId);
  const found = data?.items.find(({ agent }) => agent?.runId === runId);
  if (found === undefined) return null;
  return (
    <section
      aria-label="Suggested changes"
      className="flex items-center gap-2.5 rounded-lg border bg-surface px-3 py-2"
    >
      {found.status === 'making' ? (
        <Spinner />
      ) : (
        <GitPullRequestArrow aria-hidden className="size-4 shrink-0 text-muted" />
      )}
      <span className="min-w-0 flex-1 truncate text-sm">{wordsOf(found)}</span>
      {found.status === 'open' || found.status === 'decided' ? (
        <Button size="sm" onClick={() => show({ id: found.id })}>
          {found.status === 'open' ? 'Review' : 'Show'}
        </Button>
      ) : null}
    </section>
  );
}

function wordsOf({ status, changeCount, openCount }: Suggestion): string {
  const changes = plural(changeCount, 'change');
  if (status === 'making') return `${changes} so far, shown on the canvas`;
  if (status === 'open')
    return openCount === changeCount
      ? `${changes} to decide`
      : `${openCount} of ${changes} to decide`;
  return status === 'decided' ? `${changes}, decided` : `${changes}, withdrawn`;
}
