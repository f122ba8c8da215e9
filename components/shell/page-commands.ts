'use client';

import type { ReactNode } from 'react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

/** Something that the open page can do, as the command palette offers it. */
export type PageCommand = {
  /** Unique on the page; searched together with the words. */
  label: string;
  group: string;
  /** Further words that it is found by. */
  words?: string;
  keys?: string[];
  icon?: ReactNode;
  /** Runs when the palette has closed and given the focus back. */
  run(): void;
};

/** Commands of a page for a search; computed again as the search changes. */
type Source = (search: string) => readonly PageCommand[];

let sources: readonly Source[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Source[]) {
  sources = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Offers commands in the palette for as long as the calling component is on the page. */
export function useOfferCommands(source: Source): void {
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  const [own] = useState<Source>(() => (search: string) => latest.current(search));
  useEffect(() => {
    change([...sources, own]);
    return () => change(sources.filter((each) => each !== own));
  }, [own]);
}

const none: readonly Source[] = [];

/** What the open page offers for a search. */
export function usePageCommands(search: string): readonly PageCommand[] {
  const now = useSyncExternalStore(
    subscribe,
    () => sources,
    () => none,
  );
  return now.flatMap((source) => source(search));
}
