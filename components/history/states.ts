'use client';

import { useMemo } from 'react';
import { type KeptState, useKeptState } from '@/components/data/history-queries';
import { useGraph, useSession } from '@/components/session/session';
import type { HistoryEntry } from '@/lib/history/contract';
import { readDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';

/** A state that can be looked at: `now`, `r:<revision id>` or `v:<version>`; `none` for comparing with nothing. */
export type StateRef = 'now' | 'none' | `r:${string}` | `v:${number}`;

export type StateEntry = Extract<HistoryEntry, { kind: 'revision' | 'version' }>;

export const refOf = (entry: StateEntry): StateRef =>
  entry.kind === 'version' ? `v:${entry.number}` : `r:${entry.id}`;

export const isState = (entry: HistoryEntry): entry is StateEntry =>
  entry.kind === 'revision' || entry.kind === 'version';

export function keptState(ref: StateRef): KeptState | undefined {
  if (ref.startsWith('v:')) return { version: Number(ref.slice(2)) };
  return ref.startsWith('r:') ? { revisionId: ref.slice(2) } : undefined;
}

export function stateTitle(entry: StateEntry): string {
  if (entry.kind === 'version') return `Version ${entry.number}`;
  return entry.name || 'Autosaved';
}

/** "Today", "Yesterday", "Monday 3 March". */
export function dayTitle(at: string, now: number): string {
  const date = new Date(at);
  const days = Math.round(
    (new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000,
  );
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const year =
    date.getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' as const };
  return date.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...year,
  });
}

export const clockTime = (at: string) =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The draft as it stands, live. */
export function useNowDefinition(): Definition {
  const { copy } = useSession();
  const graph = useGraph((now) => now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph changes whenever the document does.
  return useMemo(() => readDraft(copy.doc, copy.draft.catalogue), [copy, graph]);
}

export type StateQuery = {
  definition: Definition | undefined;
  error: unknown;
  retry: () => void;
};

/** The definition of a state; undefined while it loads, and for `none`. */
export function useStateDefinition(ref: StateRef, now: Definition): StateQuery {
  const { workflowId } = useSession();
  const kept = useKeptState(workflowId, keptState(ref));
  return {
    definition: ref === 'now' ? now : ref === 'none' ? undefined : kept.data,
    error: kept.error,
    retry: () => void kept.refetch(),
  };
}
