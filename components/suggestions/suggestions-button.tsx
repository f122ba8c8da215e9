'use client';

import { GitPullRequestArrow } from 'lucide-react';
import { useSession } from '@/components/session/session';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { plural } from '@/components/ui/format';
import { useSuggestions } from './queries';
import { useReview } from './use-review';

/** How many suggestions wait; opens and closes the panel with them. */
export function SuggestionsButton() {
  const { workflowId } = useSession();
  const { shown, show } = useReview();
  const { data } = useSuggestions(workflowId);
  const open = data?.items.filter(({ status }) => status === 'open').length ?? 0;
  const label = open > 0 ? `Suggestions, ${open} to decide` : 'Suggestions';
  return (
    <Tooltip label={open > 0 ? `${plural(open, 'suggestion')} to decide` : 'Suggestions'}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={shown !== undefined}
        onClick={() => show(shown === undefined ? 'list' : undefined)}
        className="flex h-7 shrink-0 items-center gap-1.5 rounded-md px-1.5 text-xs text-muted tabular hover:bg-hover hover:text-fg aria-pressed:bg-active aria-pressed:text-fg"
      >
        <GitPullRequestArrow className="size-4" aria-hidden />
        {open > 0 ? (
          <span className="rounded-sm bg-accent-soft px-1 text-2xs font-medium text-accent">
            {open}
          </span>
        ) : null}
      </button>
    </Tooltip>
  );
}
