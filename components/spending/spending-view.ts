'use client';

import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { providerIdSchema } from '@/lib/models/schema';
import { type SpendingGroup, spendingDays, spendingGroups } from '@/lib/spending/figures-contract';

/** One subject whose calls are shown alone. */
export type Only = { by: SpendingGroup; id: string; name?: string | undefined };
export type SpendingView = {
  by: SpendingGroup;
  days: (typeof spendingDays)[number];
  only?: Only | undefined;
};

/** The address of what one subject costs. */
export const spendingOf = (by: SpendingGroup, id: string): string =>
  addressOf({ by: by === 'agent' ? 'workflow' : 'agent', days: 30, only: { by, id } });

function addressOf({ by, days, only }: SpendingView): string {
  const query = new URLSearchParams({ by, days: String(days) });
  if (only) query.set(only.by, only.id);
  return `/settings/spending?${query}`;
}

/** What calls of one subject are asked for by. A model's id is provider and name. */
export function filterOf(only: Only | undefined) {
  if (only === undefined) return {};
  if (only.by !== 'model') return { [only.by]: only.id };
  const [provider = '', ...model] = only.id.split('/');
  const known = providerIdSchema.safeParse(provider);
  return known.success ? { provider: known.data, model: model.join('/') } : {};
}

/** The view of the page's address. Changing it changes the address, so that it can be shared and found again. */
export function useSpendingView(): [SpendingView, (view: SpendingView) => void] {
  const params = useSearchParams();
  const [view, setView] = useState<SpendingView>(() => {
    const only = spendingGroups.flatMap((by) => {
      const id = params.get(by);
      return id === null ? [] : [{ by, id }];
    })[0];
    return {
      by: spendingGroups.find((each) => each === params.get('by')) ?? 'workflow',
      days: spendingDays.find((each) => String(each) === params.get('days')) ?? 30,
      only,
    };
  });
  return [
    view,
    (next) => {
      setView(next);
      window.history.replaceState(null, '', addressOf(next));
    },
  ];
}
