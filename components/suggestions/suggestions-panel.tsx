'use client';

import { X } from 'lucide-react';
import { useEffect } from 'react';
import { IconButton } from '@/components/ui/controls/icon-button';
import { SuggestionList } from './suggestion-list';
import { SuggestionReview } from './suggestion-review';
import { useReview } from './use-review';

/** Beside the canvas: the suggestions for this workflow, or one of them with what it changes. */
export function SuggestionsPanel() {
  const { shown, show } = useReview();
  useEffect(() => {
    if (shown === undefined) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      const inside = event.target instanceof Element && event.target.closest('[data-suggestions]');
      if (inside) show(undefined);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [shown, show]);
  if (shown === undefined) return null;
  return (
    <aside
      aria-label="Suggestions"
      data-suggestions
      data-shortcuts="off"
      className="flex w-[340px] shrink-0 animate-sheet flex-col border-l bg-surface max-[900px]:absolute max-[900px]:inset-y-0 max-[900px]:right-0 max-[900px]:z-30 max-[900px]:max-w-full"
    >
      {shown === 'list' ? (
        <>
          <header className="flex h-10 shrink-0 items-center border-b pr-2 pl-4">
            <h2 className="min-w-0 flex-1 text-sm font-semibold">Suggestions</h2>
            <IconButton label="Close suggestions" size="sm" onClick={() => show(undefined)}>
              <X />
            </IconButton>
          </header>
          <SuggestionList />
        </>
      ) : (
        <SuggestionReview />
      )}
    </aside>
  );
}
