'use client';

import { useQueryClient } from '@tanstack/react-query';
import { fromBase64 } from 'lib0/buffer';
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import * as Y from 'yjs';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { createFork, type Fork } from '@/components/realtime/fork';
import { toast, toastError } from '@/components/ui/toast';
import { getSuggestion, listSuggestions, updateSuggestion } from '@/lib/suggestions/contract';
import { Keeper, type KeeperState } from './keeper';
import { createUnsavedStore, goingOn, type UnsavedStore } from './unsaved';

export type Suggesting = {
  /** Whether edits are collected as a suggestion, or will be in a moment. */
  on: boolean;
  /** What is edited instead of the draft; absent while it is off or opens. */
  fork: Fork | undefined;
  kept: KeeperState;
  /** Goes on with one's own suggestion that was not submitted, or begins one. */
  start(): void;
  /** Back to the draft. What was suggested so far is kept for another time. */
  stop(): void;
  /** Shows it to everybody. Throws when the server does not take it. */
  submit(words: { title: string; note: string }): Promise<void>;
  discard(): Promise<void>;
};

const nothing: KeeperState = { phase: 'saved' };
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

async function openKeeper(workflowId: string, unsaved: UnsavedStore): Promise<Keeper> {
  const params = { id: workflowId };
  const { items } = await call(listSuggestions, { params, query: { status: 'draft', limit: 1 } });
  const [own] = items;
  if (!own) return new Keeper(workflowId, unsaved);
  return new Keeper(
    workflowId,
    unsaved,
    await call(getSuggestion, { params: { ...params, suggestionId: own.id } }),
  );
}

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
  const [keeper, setKeeper] = useState<Keeper>();
  const [fork, setFork] = useState<Fork>();

  useEffect(() => {
    const left = unsaved.get() !== undefined;
    setOn(left || sessionStorage.getItem(modeKey(workflowId)) !== null);
  }, [workflowId, unsaved]);
  useEffect(() => {
    if (may || !wanted) return;
    sessionStorage.removeItem(modeKey(workflowId));
    setOn(false);
    toast('You can no longer suggest changes here', {
      description: 'Your role does not allow it any more. What you suggested so far is kept.',
    });
  }, [may, wanted, workflowId]);
  useEffect(() => {
    if (!on) return;
    let gone = false;
    openKeeper(workflowId, unsaved).then(
      (opened) => {
        if (!gone) setKeeper(opened);
      },
      (error: unknown) => {
        toastError('The suggestion could not be opened', error);
        if (!gone) setOn(false);
      },
    );
    return () => {
      gone = true;
      setKeeper(undefined);
    };
  }, [on, workflowId, unsaved]);
  useEffect(() => {
    if (!keeper) return;
    const { suggestion } = keeper.state.get();
    const left = goingOn(unsaved.get(), suggestion?.id);
    const earlier: Uint8Array[] = suggestion ? [fromBase64(suggestion.update)] : [];
    if (left) earlier.push(left);
    else unsaved.set(undefined);
    const made = createFork(copy, earlier.length === 0 ? undefined : Y.mergeUpdates(earlier));
    const unfollow = keeper.follow(made, left !== undefined);
    setFork(made);
    return () => {
      keeper.stop();
      unfollow();
      made.close();
      setFork(undefined);
    };
  }, [keeper, copy, unsaved]);

  const kept = useSyncExternalStore(
    keeper?.state.subscribe ?? never,
    keeper?.state.get ?? none,
    none,
  );
  return useMemo(() => {
    const turn = (to: boolean) => {
      if (to) sessionStorage.setItem(modeKey(workflowId), '1');
      else sessionStorage.removeItem(modeKey(workflowId));
      setOn(to);
    };
    const end = async (body: { status: 'open' | 'withdrawn'; title?: string; note?: string }) => {
      await keeper?.flush();
      const now = keeper?.state.get();
      if (now?.phase !== 'saved' && body.status === 'open') {
        throw new Error(now?.error ?? 'It is not saved yet. Try again in a moment.');
      }
      const suggestionId = now?.suggestion?.id;
      if (suggestionId) {
        await call(updateSuggestion, { params: { id: workflowId, suggestionId }, body });
        await client.invalidateQueries({ queryKey: [...keys.suggestions] });
      }
      unsaved.set(undefined);
      turn(false);
    };
    return {
      on,
      fork,
      kept,
      start: () => turn(true),
      stop: () => turn(false),
      submit: (words) => end({ status: 'open', ...words }),
      discard: () => end({ status: 'withdrawn' }),
    };
  }, [client, fork, keeper, kept, on, unsaved, workflowId]);
}
