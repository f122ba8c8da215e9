'use client';

import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import type { DraftCopy } from '@/components/realtime/draft-status';
import type { Fork } from '@/components/realtime/fork';
import { toast } from '@/components/ui/controls/toast';
import { updateSuggestion } from '@/lib/suggestions/contract';
import { rejectHeld } from './reject-held';
import type { SaverState } from './suggestion-saver';
import { createUnsavedStore } from './unsaved';
import { useSavedFork } from './use-saved-fork';

export type Suggesting = {
  /** Whether edits are collected as a suggestion, or will be in a moment. */
  on: boolean;
  /** What is edited instead of the draft; absent while it is off or opens. */
  fork: Fork | undefined;
  saving: SaverState;
  /** Goes on with one's own suggestion that was not submitted, or begins one. */
  start(): void;
  /** Back to the draft. What was suggested so far is kept for another time. */
  stop(): void;
  /** Shows it to everybody. Throws when the server does not take it. */
  submit(words: { title: string; note: string }): Promise<void>;
  discard(): Promise<void>;
};

const nothing: SaverState = { phase: 'saved' };
const never = () => () => undefined;
const none = () => nothing;

const Context = createContext<Suggesting | undefined>(undefined);
export const SuggestingProvider = Context.Provider;

/** How this editor collects suggestions. */
export function useSuggesting(): Suggesting {
  const found = useContext(Context);
  if (!found) throw new Error('useSuggesting outside of an editor');
  return found;
}

/** This tab was suggesting when it was reloaded. */
const modeKey = (workflowId: string) => `ensemble.suggesting.${workflowId}`;

/**
 * Suggesting in one editor: a fork of its copy, kept on the server, and found again after a reload. Whose role stops
 * allowing it (`may`) is back at the draft; what they suggested stays where it was kept.
 */
export function useSuggestingHere(workflowId: string, copy: DraftCopy, may: boolean): Suggesting {
  const client = useQueryClient();
  const { userId } = copy;
  const unsaved = useMemo(() => createUnsavedStore(userId, workflowId), [userId, workflowId]);
  const [wanted, setOn] = useState(false);
  const on = wanted && may;

  useEffect(() => {
    const left = unsaved.get();
    if (!may) {
      void rejectHeld(left, copy, workflowId, 'forbidden').then((stored) => {
        if (stored) unsaved.forget(left);
      });
      return;
    }
    setOn(left.length > 0 || sessionStorage.getItem(modeKey(workflowId)) !== null);
  }, [workflowId, unsaved, may, copy]);
  useEffect(() => {
    if (may || !wanted) return;
    sessionStorage.removeItem(modeKey(workflowId));
    setOn(false);
    toast('You can no longer suggest changes here', {
      description: 'Your role no longer allows it. Your suggestions so far are kept.',
    });
  }, [may, wanted, workflowId]);
  const { saver, fork } = useSavedFork({
    ...{ on, workflowId, copy, unsaved },
    onEnd: () => {
      sessionStorage.removeItem(modeKey(workflowId));
      setOn(false);
    },
  });

  const saving = useSyncExternalStore(
    saver?.state.subscribe ?? never,
    saver?.state.get ?? none,
    none,
  );
  return useMemo(() => {
    const turn = (to: boolean) => {
      if (to) sessionStorage.setItem(modeKey(workflowId), '1');
      else sessionStorage.removeItem(modeKey(workflowId));
      setOn(to);
    };
    const end = async (body: { status: 'open' | 'withdrawn'; title?: string; note?: string }) => {
      await saver?.flush();
      const now = saver?.state.get();
      if (now?.phase !== 'saved' && body.status === 'open') {
        throw new Error(now?.error ?? 'It is not saved yet. Try again in a moment.');
      }
      const suggestionId = now?.suggestion?.id;
      if (suggestionId) {
        await call(updateSuggestion, { params: { id: workflowId, suggestionId }, body });
        await client.invalidateQueries({ queryKey: [...keys.suggestions] });
      }
      unsaved.forget(unsaved.get());
      turn(false);
    };
    return {
      on,
      fork,
      saving,
      start: () => turn(true),
      stop: () => turn(false),
      submit: (words) => end({ status: 'open', ...words }),
      discard: () => end({ status: 'withdrawn' }),
    };
  }, [client, fork, saver, saving, on, unsaved, workflowId]);
}
