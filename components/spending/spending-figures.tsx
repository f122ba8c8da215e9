'use client';

import { ChartColumn, X } from 'lucide-react';
import Link from 'next/link';
import { useSpendingBySubject } from '@/components/data/spending-queries';
import { Button } from '@/components/ui/controls/button';
import { Segments } from '@/components/ui/controls/segments';
import { Select } from '@/components/ui/controls/select';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { Skeleton } from '@/components/ui/display/skeleton';
import { plural } from '@/components/ui/format';
import type { ResultOf } from '@/lib/api/define-route';
import {
  type SpendingGroup,
  type spendingBySubject,
  spendingDays,
  spendingGroups,
} from '@/lib/spending/figures-contract';
import { DayBars } from './day-bars';
import { filterOf, type Only, type SpendingView } from './spending-view';
import { moneyText } from './words';

type Figures = ResultOf<typeof spendingBySubject>;
type Group = Figures['groups'][number];
type Props = { view: SpendingView; onChange: (view: SpendingView) => void };

const groupWords: Record<SpendingGroup, string> = {
  workflow: 'Workflow',
  agent: 'Agent',
  person: 'Person',
  model: 'Model',
};
const without: Record<SpendingGroup, string> = {
  workflow: 'Chats and tasks without a workflow',
  agent: 'Steps without an agent',
  person: 'Started by a trigger',
  model: 'No model',
};

/** What model calls cost in a time, by day and by whom: a click shows the calls of one alone. */
export function SpendingFigures({ view, onChange }: Props) {
  const { by, days, only } = view;
  const figures = useSpendingBySubject({ by, days, filter: filterOf(only) });
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-80 max-w-full">
          <Segments
            aria-label="Sum by"
            value={by}
            options={spendingGroups.map((value) => ({ value, label: groupWords[value] }))}
            onValueChange={(next) => onChange({ ...view, by: next })}
          />
        </div>
        <Select
          aria-label="Time"
          className="ml-auto w-36"
          value={String(days)}
          options={spendingDays.map((each) => ({ value: String(each), label: `${each} days` }))}
          onValueChange={(next) =>
            onChange({ ...view, days: spendingDays.find((each) => String(each) === next) ?? 30 })
          }
        />
      </div>
      {only ? (
        <OnlyLine only={only} onClear={() => onChange({ ...view, only: undefined })} />
      ) : null}
      <div className="rounded-lg border">
        <Picture
          {...{ figures, view }}
          onPick={(group) =>
            group.id !== null &&
            onChange({ ...view, only: { by, id: group.id, name: group.name ?? undefined } })
          }
        />
      </div>
    </div>
  );
}

function OnlyLine({ only, onClear }: { only: Only; onClear: () => void }) {
  const name = only.name ?? (only.by === 'model' ? only.id : undefined);
  const what = groupWords[only.by].toLowerCase();
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 text-sm">
      <span>
        {name === undefined ? `One ${what} alone` : `Only the ${what} `}
        {name === undefined ? null : <span className="font-medium">{name}</span>}
      </span>
      {only.by === 'workflow' || only.by === 'agent' ? (
        <Link href={`/${only.by}s/${only.id}`} className="text-accent underline underline-offset-2">
          Open {what}
        </Link>
      ) : null}
      <Button size="sm" variant="ghost" onClick={onClear}>
        <X aria-hidden /> Show all
      </Button>
    </p>
  );
}

type PictureProps = {
  figures: ReturnType<typeof useSpendingBySubject>;
  view: SpendingView;
  onPick: (group: Group) => void;
};

function Picture({ figures, view: { by, days, only }, onPick }: PictureProps) {
  const { data, error } = figures;
  if (data === undefined) {
    return error === null ? (
      <div role="status" aria-label="Loading figures" className="space-y-3 p-4">
        <Skeleton className="h-6 w-24" />
        <Skeleton className="h-16" />
        <Skeleton className="h-6" />
      </div>
    ) : (
      <ErrorState
        title="The figures could not be loaded"
        error={error}
        onRetry={() => void figures.refetch()}
      />
    );
  }
  if (data.calls === 0) {
    return (
      <EmptyState icon={<ChartColumn aria-hidden />} title={`No model calls in ${days} days`}>
        {only
          ? 'Nothing was asked of a model for this. Choose a longer time, or show all.'
          : 'Calls of real models are summed here. Made-up answers cost nothing and are left out.'}
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-x-6 gap-y-4 p-4 lg:grid-cols-[14rem_1fr]">
      <div className="flex min-w-0 flex-col gap-2">
        <p className="text-xl font-semibold tracking-[-0.02em] tabular">
          {moneyText(data.costUsd)}
        </p>
        <p className="text-xs text-muted tabular">
          {plural(data.calls, 'model call')}
          {data.unpriced > 0 ? `, ${data.unpriced} of unknown price` : ''}
        </p>
        <DayBars days={data.days} />
      </div>
      <Groups by={by} data={data} onPick={onPick} />
    </div>
  );
}

function Groups({
  by,
  data: { groups, restUsd },
  onPick,
}: {
  by: SpendingGroup;
  data: Figures;
  onPick: (group: Group) => void;
}) {
  const most = Math.max(...groups.map(({ costUsd }) => Number(costUsd)), 1e-12);
  return (
    <ul aria-label={`Cost by ${by}`} className="min-w-0 text-sm">
      {groups.map((group) => {
        const name =
          group.id === null
            ? without[by]
            : (group.name ?? (by === 'person' ? 'Former member' : `Deleted ${by}`));
        return (
          <li key={group.id ?? ''}>
            <button
              type="button"
              disabled={group.id === null}
              className="grid w-full grid-cols-[minmax(0,3fr)_minmax(0,2fr)_5.5rem] items-center gap-3 rounded-md px-2 py-1.5 text-left enabled:hover:bg-hover"
              onClick={() => onPick(group)}
            >
              <span className={`truncate ${group.id === null ? 'text-muted' : ''}`} title={name}>
                {name}
              </span>
              <span aria-hidden className="h-2">
                <span
                  className="block h-2 min-w-px rounded-sm bg-accent-solid/80"
                  style={{ width: `${(Number(group.costUsd) / most) * 100}%` }}
                />
              </span>
              <span className="text-right tabular">
                {moneyText(group.costUsd)}
                <span className="block text-xs text-faint">{plural(group.calls, 'call')}</span>
              </span>
            </button>
          </li>
        );
      })}
      {restUsd === '0' ? null : (
        <li className="px-2 py-1.5 text-xs text-muted tabular">All others: {moneyText(restUsd)}</li>
      )}
    </ul>
  );
}
