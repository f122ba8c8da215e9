'use client';

import { ArrowLeft, Check, X } from 'lucide-react';
import { useEffect } from 'react';
import { useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Review } from '@/lib/suggestions/review';
import type { SuggestionView } from '@/lib/suggestions/schema';
import { ChangeRow } from './change-row';
import { OwnSuggestion } from './own-suggestion';
import { authorOf, StatusBadge } from './suggestion-list';
import { acceptable, isOpen, useReview } from './use-review';

/** One suggestion: its words, and its changes to accept or refuse. */
export function SuggestionReview() {
  const review = useReview();
  const { view, error, retry, show } = review;
  return (
    <>
      <header className="flex h-10 shrink-0 items-center gap-1 border-b px-2">
        <IconButton label="All suggestions" size="sm" onClick={() => show('list')}>
          <ArrowLeft />
        </IconButton>
        <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">
          {view ? view.title || 'Untitled suggestion' : 'Suggestion'}
        </h2>
        {view ? <StatusBadge item={view} /> : null}
        <IconButton label="Close suggestions" size="sm" onClick={() => show(undefined)}>
          <X />
        </IconButton>
      </header>
      {error ? (
        <ErrorState title="The suggestion could not be loaded" onRetry={retry} />
      ) : view ? (
        <Body view={view} />
      ) : (
        <div role="status" aria-label="Loading the suggestion" className="flex flex-col gap-3 p-4">
          <Skeleton className="h-8" />
          <Skeleton className="h-24" />
        </div>
      )}
    </>
  );
}

const order = ['meta', 'nodes', 'notes', 'groups', 'edges'];

function Body({ view }: { view: SuggestionView }) {
  const { reviews } = useReview();
  const { copy } = useSession();
  const sorted = [...reviews].sort(
    (a, b) => order.indexOf(a.change.part) - order.indexOf(b.change.part),
  );
  return (
    <>
      <div className="shrink-0 border-b px-4 py-2.5">
        <p className="text-xs text-muted">
          {authorOf(view)} · <TimeAgo at={view.createdAt} />
        </p>
        {view.note ? (
          <p className="mt-1.5 max-h-32 overflow-y-auto text-sm break-words whitespace-pre-wrap">
            {view.note}
          </p>
        ) : null}
        <Whole view={view} reviews={sorted} />
        {view.author?.id === copy.userId && view.status !== 'making' ? (
          <OwnSuggestion view={view} />
        ) : null}
      </div>
      <ul aria-label="Changes" className="min-h-0 flex-1 divide-y overflow-y-auto">
        {sorted.map((review) => (
          <ChangeRow key={review.change.key} view={view} review={review} />
        ))}
      </ul>
    </>
  );
}

/** Decides everything that is left at once; the key accepts the change in focus. */
function Whole({ view, reviews }: { view: SuggestionView; reviews: readonly Review[] }) {
  const { decide, busy, current } = useReview();
  const mayDecide = useCan('workflows.edit');
  const open = reviews.filter(({ change }) => isOpen(view, change.key));
  const fit = acceptable(view, reviews);
  useEffect(() => {
    if (!mayDecide) return;
    const onKey = (event: KeyboardEvent) => {
      const mod = event.metaKey || event.ctrlKey;
      if (!mod || !event.shiftKey || event.key !== 'Enter') return;
      event.preventDefault();
      const next = open.find(({ change }) => change.key === current) ?? open[0];
      if (next && next.state !== 'gone') decide('accepted', [next.change.key]);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  if (!mayDecide || open.length === 0) return null;
  const stuck = open.length - fit.length;
  return (
    <div className="mt-2.5 flex items-center gap-2">
      <Tooltip
        label={stuck > 0 ? 'Accepts changes without conflicts' : 'Accepts all remaining changes'}
      >
        <Button
          size="sm"
          variant="primary"
          disabled={busy || fit.length === 0}
          onClick={() => decide('accepted', fit)}
        >
          <Check /> Accept all
        </Button>
      </Tooltip>
      <Button
        size="sm"
        disabled={busy}
        onClick={() =>
          decide(
            'refused',
            open.map(({ change }) => change.key),
          )
        }
      >
        <X /> Decline all
      </Button>
    </div>
  );
}
