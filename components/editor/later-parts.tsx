'use client';

import { type ComponentProps, type ComponentType, useRef } from 'react';
import { useAssumedText } from '@/components/from-words/assumed-text';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { useReview } from '@/components/suggestions/use-review';
import { later } from '@/components/ui/later';
import type { RunDialog as Asked } from './run/run-dialog';

/** What opens over the canvas or beside it: its code comes after the page, or when it is first opened. */
const part = (load: () => Promise<ComponentType>) => later(load, () => null);

const History = part(() =>
  import('@/components/history/history-mode').then((found) => found.HistoryMode),
);
const Focus = part(() => import('./focus-view/focus-view').then((found) => found.FocusView));
const Suggestions = part(() =>
  import('@/components/suggestions/suggestions-panel').then((found) => found.SuggestionsPanel),
);
export const RunDialog = later<ComponentProps<typeof Asked>>(
  () => import('./run/run-dialog').then((found) => found.RunDialog),
  () => null,
);
const Wiring = part(() => import('./outline/wiring-dialog').then((found) => found.WiringDialog));
const Assumed = part(() =>
  import('@/components/from-words/assumed-card').then((found) => found.AssumedCard),
);

/** From its first opening on: what closes gives the focus back, and moves out. */
function useEver(open: boolean): boolean {
  const ever = useRef(false);
  if (open) ever.current = true;
  return ever.current;
}

export function HistoryMode() {
  return useEver(useLocal((now) => now.history === true)) ? <History /> : null;
}

export function FocusView() {
  return useEver(useLocal((now) => now.focused !== undefined)) ? <Focus /> : null;
}

export function SuggestionsPanel() {
  return useEver(useReview().shown !== undefined) ? <Suggestions /> : null;
}

export function WiringDialog() {
  const nodeId = useLocal((now) => now.wiring);
  const open = useGraph((graph) => nodeId !== undefined && graph.nodes.has(nodeId));
  return useEver(open) ? <Wiring /> : null;
}

export function AssumedCard() {
  return useEver(useAssumedText(useSession().workflowId) !== null) ? <Assumed /> : null;
}
