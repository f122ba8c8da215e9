'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import {
  createContext,
  useContext,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { useGraph, useSession } from '@/components/session/session';
import { toast, toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { decideSuggestion } from '@/lib/suggestions/contract';
import { type Review, withConnections } from '@/lib/suggestions/review';
import type { Decision, SuggestionView } from '@/lib/suggestions/schema';
import { readDraft } from '@/lib/workflows/draft/draft';
import { useSuggestion } from './queries';
import { reviewNow } from './review-now';
import { useSuggesting } from './use-suggesting';
import { whenSaved } from './when-saved';

export type ReviewState = {
  /** What the panel shows: nothing, the list, or one suggestion. */
  shown: 'list' | { id: string } | undefined;
  show(what: 'list' | { id: string } | undefined): void;
  view: SuggestionView | undefined;
  error: unknown;
  retry(): void;
  /** Its changes beside the draft as it stands. */
  reviews: readonly Review[];
  /** The change in focus, by its key. */
  current: string | undefined;
  focus(key: string): void;
  /** Names what is taken in spite of a conflict. */
  taken: ReadonlySet<string>;
  take(key: string, on: boolean): void;
  busy: boolean;
  decide(as: Decision['as'], wanted: readonly string[]): void;
};

const noReviews: readonly Review[] = [];
const Context = createContext<ReviewState | undefined>(undefined);
export const ReviewProvider = Context.Provider;

/** The review of this editor. */
export function useReview(): ReviewState {
  const found = useContext(Context);
  if (!found) throw new Error('useReview outside of an editor');
  return found;
}

/** Reviewing suggestions in one editor, beside the live draft. */
export function useReviewHere(): ReviewState {
  const { copy, workflowId, announcement, status } = useSession();
  const suggesting = useSuggesting();
  const client = useQueryClient();
  const [shown, setShown] = useState<ReviewState['shown']>();
  const [current, setCurrent] = useState<string>();
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const suggestionId = typeof shown === 'object' ? shown.id : undefined;
  const { data: view, error, refetch } = useSuggestion(workflowId, suggestionId);
  const graph = useDeferredValue(useGraph((now) => (suggestionId ? now : undefined)));
  const live = useRef(copy);
  live.current = copy;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph changes whenever the document does.
  const reviews = useMemo(
    () => (view && suggestionId && !suggesting.on ? reviewNow(view, copy) : noReviews),
    [view, suggestionId, suggesting.on, copy, graph],
  );
  useLinked((id) => {
    if (suggesting.on) suggesting.stop();
    setShown({ id });
    setCurrent(undefined);
    setTaken(new Set());
  });

  const decide = async (as: Decision['as'], wanted: readonly string[]) => {
    if (!view || wanted.length === 0) return;
    const conflicts = new Set(
      reviews
        .filter(({ state }) => state === 'conflict' || state === 'gone')
        .map(({ change }) => change.key),
    );
    const now = readDraft(live.current.doc, live.current.draft.catalogue);
    const open = view.changes.filter(({ key }) => !Object.hasOwn(view.decided, key));
    const all = withConnections(open, wanted, as, now);
    const [accept, refuse] = as === 'accepted' ? [all, []] : [[], all];
    // The server decides beside what this person sees: what they typed last is part of it.
    await whenSaved(status);
    const notComing = accept.length > 0 ? live.current.expectEdit() : () => undefined;
    const answer = await call(decideSuggestion, {
      params: { id: workflowId, suggestionId: view.id },
      body: { accept, refuse, take: [...taken] },
    }).catch((failure: unknown) => {
      notComing();
      throw failure;
    });
    const { decided } = answer;
    if (answer.editId === undefined) notComing();
    const surprising = answer.kept.filter((key) => !conflicts.has(key));
    if (surprising.length > 0) {
      toast('Others changed the same fields just now', {
        description: `Their text was kept in ${plural(surprising.length, 'place')}.`,
      });
    }
    const { editId: _, kept: __, ...after } = answer;
    client.setQueryData([...keys.suggestions, 'one', workflowId, view.id], after);
    void client.invalidateQueries({ queryKey: [...keys.suggestions, 'list', workflowId] });
    announcement.set(as === 'accepted' ? 'Accepted' : 'Declined');
    const left = after.changes.find(({ key }) => !Object.hasOwn(decided, key));
    setCurrent(left?.key);
  };
  return {
    shown,
    show(what) {
      if (what !== undefined && suggesting.on) suggesting.stop();
      setShown(what);
      setCurrent(undefined);
      setTaken(new Set());
    },
    view: suggestionId ? view : undefined,
    error,
    retry: () => void refetch(),
    reviews,
    current,
    focus: setCurrent,
    taken,
    take: (key, on) =>
      setTaken((before) => {
        const next = new Set(before);
        if (on) next.add(key);
        else next.delete(key);
        return next;
      }),
    busy,
    decide(as, wanted) {
      if (busy) return;
      setBusy(true);
      decide(as, wanted)
        .catch((failure: unknown) => {
          toastError(as === 'accepted' ? 'It was not accepted' : 'It was not declined', failure);
          void refetch();
        })
        .finally(() => setBusy(false));
    },
  };
}

/** Opens the suggestion that a link names, also when the editor is open already. */
function useLinked(show: (id: string) => void) {
  const router = useRouter();
  const path = usePathname();
  const linked = useSearchParams().get('suggestion');
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    if (linked === null) return;
    latest.current(linked);
    // The same link opens it again.
    router.replace(path, { scroll: false });
  }, [linked, router, path]);
}

/** Whether a change can still be decided. */
export const isOpen = (view: SuggestionView, key: string): boolean =>
  view.status === 'open' && !Object.hasOwn(view.decided, key);

/** What "accept all" takes: everything open that nobody else changed since. */
export function acceptable(view: SuggestionView, reviews: readonly Review[]): string[] {
  return reviews
    .filter(
      ({ change, state }) => isOpen(view, change.key) && (state === 'clean' || state === 'done'),
    )
    .map(({ change }) => change.key);
}
