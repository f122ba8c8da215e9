'use client';

import { fromBase64 } from 'lib0/buffer';
import { useEffect, useRef, useState } from 'react';
import * as Y from 'yjs';
import { call } from '@/components/data/call';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { createFork, type Fork } from '@/components/realtime/fork';
import { toastError } from '@/components/ui/controls/toast';
import { getSuggestion, listSuggestions } from '@/lib/suggestions/contract';
import { rejectHeld } from './reject-held';
import { SuggestionSaver } from './suggestion-saver';
import { divideUnsaved, type UnsavedStore } from './unsaved';

type Parts = {
  on: boolean;
  workflowId: string;
  copy: DraftCopy;
  unsaved: UnsavedStore;
  /** It cannot go on. */
  onEnd: () => void;
};
type SavedFork = { saver: SuggestionSaver | undefined; fork: Fork | undefined };

/** While `on`: a fork of the copy with this person's suggestion, and what saves it on the server. */
export function useSavedFork({ on, workflowId, copy, unsaved, onEnd }: Parts): SavedFork {
  const [saver, setKeeper] = useState<SuggestionSaver>();
  const [fork, setFork] = useState<Fork>();
  const live = useRef({ copy, onEnd });
  live.current = { copy, onEnd };
  useEffect(() => {
    if (!on) return;
    let gone = false;
    const onLost = (held: Uint8Array, code: string) => {
      // What is stored is read when suggesting begins again.
      if (gone) return;
      const found = unsaved.get();
      void rejectHeld([{ held }], live.current.copy, workflowId, code).then((stored) => {
        if (!stored) return;
        unsaved.forget(found);
        live.current.onEnd();
      });
    };
    openSaver(workflowId, unsaved, onLost).then(
      (opened) => {
        if (!gone) setKeeper(opened);
      },
      (error: unknown) => {
        toastError('The suggestion could not be opened', error);
        if (!gone) live.current.onEnd();
      },
    );
    return () => {
      gone = true;
      setKeeper(undefined);
    };
  }, [on, workflowId, unsaved]);
  useEffect(() => {
    if (!saver) return;
    const { suggestion } = saver.state.get();
    const { goingOn, strayed } = divideUnsaved(unsaved.get(), suggestion?.id);
    void rejectHeld(strayed, copy, workflowId, 'already_finished').then((stored) => {
      if (stored) unsaved.forget(strayed);
    });
    const earlier = goingOn.map(({ held }) => held);
    if (suggestion) earlier.unshift(fromBase64(suggestion.update));
    const made = createFork(copy, earlier.length === 0 ? undefined : Y.mergeUpdates(earlier));
    const unfollow = saver.follow(made, goingOn);
    setFork(made);
    return () => {
      saver.stop();
      unfollow();
      made.close();
      setFork(undefined);
    };
  }, [saver, copy, unsaved, workflowId]);
  return { saver: saver, fork };
}

async function openSaver(
  workflowId: string,
  unsaved: UnsavedStore,
  onLost: (held: Uint8Array, code: string) => void,
): Promise<SuggestionSaver> {
  const params = { id: workflowId };
  const { items } = await call(listSuggestions, { params, query: { status: 'draft', limit: 1 } });
  const [own] = items;
  if (!own) return new SuggestionSaver(workflowId, unsaved, onLost);
  return new SuggestionSaver(
    workflowId,
    unsaved,
    onLost,
    await call(getSuggestion, { params: { ...params, suggestionId: own.id } }),
  );
}
