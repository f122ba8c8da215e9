'use client';

import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { type WorkflowSort, workflowSorts } from '@/lib/workflows/contract';

/** What of the list is shown, and in which order. */
export type ListView = {
  folder?: string | undefined;
  tag?: string | undefined;
  favourite?: true | undefined;
  sort: WorkflowSort;
};

export const isFiltered = ({ folder, tag, favourite }: ListView): boolean =>
  folder !== undefined || tag !== undefined || favourite === true;

export function addressOf({ folder, tag, favourite, sort }: ListView): string {
  const query = new URLSearchParams();
  if (folder !== undefined) query.set('folder', folder);
  if (tag !== undefined) query.set('tag', tag);
  if (favourite) query.set('favourite', 'true');
  if (sort !== 'updated') query.set('sort', sort);
  const text = query.toString();
  return text ? `/workflows?${text}` : '/workflows';
}

/** The view of the page's address. Changing it changes the address, so that it can be shared and found again. */
export function useListView(): [ListView, (view: ListView) => void] {
  const params = useSearchParams();
  const [view, setView] = useState<ListView>(() => ({
    folder: params.get('folder') ?? undefined,
    tag: params.get('tag') ?? undefined,
    favourite: params.get('favourite') === 'true' || undefined,
    sort: workflowSorts.find((sort) => sort === params.get('sort')) ?? 'updated',
  }));
  return [
    view,
    (next) => {
      setView(next);
      window.history.replaceState(null, '', addressOf(next));
    },
  ];
}
