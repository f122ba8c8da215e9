'use client';

import { fromBase64 } from 'lib0/buffer';
import { useEffect, useRef, useState } from 'react';
import * as Y from 'yjs';
import { call } from '@/components/data/call';
import type { DraftCopy } from '@/components/realtime/draft-status';
import { createFork, type Fork } from '@/components/realtime/fork';
import { toastError } from '@/components/ui/controls/toast';
import { getSuggestion, listSuggestions } from '@/lib/suggestions/contract';
import { Keeper } from './keeper';
import { setAsideHeld } from './set-aside-held';
import { divideUnsaved, type UnsavedStore } from './unsaved';

type Parts = {
  on: boolean;
  workflowId: string;
  copy: DraftCopy;
  unsaved: UnsavedStore;
  /** It cannot go on. */
  onEnd: () => void;
};
type KeptFork = { keeper: Keeper | undefined; fork: Fork | undefined };

/** While `on`, a fork of the copy with what this person suggests, and what keeps that on the server. */
export function useKeptFork({ on, workflowId, copy, unsaved, onEnd }: Parts): KeptFork {
  const [keeper, setKeeper] = useState<Keeper>();
  const [fork, setFork] = useState<Fork>();
  const live = useRef({ copy, onEnd });
  live.current = { copy, onEnd };
  useEffect(() => {
    if (!on) return;
    let gone = false;
    const onLost = (held: Uint8Array, code: string) => {
      // What was left behind is looked at when suggesting begins again.
      if (gone) return;
      const found = unsaved.get();
      void setAsideHeld([{ held }], live.current.copy, workflowId, code).then((stored) => {
        if (!stored) return;
        unsaved.forget(found);
        live.current.onEnd();
      });
    };
    openKeeper(workflowId, unsaved, onLost).then(
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
    if (!keeper) return;
    const { suggestion } = keeper.state.get();
    const { goingOn, strayed } = divideUnsaved(unsaved.get(), suggestion?.id);
    void setAsideHeld(strayed, copy, workflowId, 'already_finished').then((stored) => {
      if (stored) unsaved.forget(strayed);
    });
    const earlier = goingOn.map(({ held }) => held);
    if (suggestion) earlier.unshift(fromBase64(suggestion.update));
    const made = createFork(copy, earlier.length === 0 ? undefined : Y.mergeUpdates(earlier));
    const unfollow = keeper.follow(made, goingOn);
    setFork(made);
    return () => {
      keeper.stop();
      unfollow();
      made.close();
      setFork(undefined);
    };
  }, [keeper, copy, unsaved, workflowId]);
  return { keeper, fork };
}

async function openKeeper(
  workflowId: string,
  unsaved: UnsavedStore,
  onLost: (held: Uint8Array, code: string) => void,
): Promise<Keeper> {
  const params = { id: workflowId };
  const { items } = await call(listSuggestions, { params, query: { status: 'draft', limit: 1 } });
  const [own] = items;
  if (!own) return new Keeper(workflowId, unsaved, onLost);
  return new Keeper(
    workflowId,
    unsaved,
    onLost,
    await call(getSuggestion, { params: { ...params, suggestionId: own.id } }),
  );
}
