'use client';

import type { ReactNode } from 'react';
import { Skeleton } from '@/components/ui/display/skeleton';
import { formatCost, formatDuration } from '@/components/ui/format';
import { type WeekFigures, weekFigures } from './figures';
import { Bars, Line } from './sparkline';
import type { RecentRuns } from './use-recent-runs';

/** Live runs, their success and duration, and the cost of all runs of the last seven days. */
export function FiguresStrip({ recent }: { recent: RecentRuns | undefined }) {
  if (!recent) {
    return (
      <div role="status" aria-label="Loading figures">
        <Skeleton className="h-[74px] rounded-lg" />
      </div>
    );
  }
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  const figures = weekFigures(recent.runs, today.getTime());
  return (
    <section aria-label="The last seven days">
      <h2 className="sr-only">The last seven days</h2>
      <div className="grid grid-cols-2 overflow-hidden rounded-lg border *:border-border max-xl:*:odd:border-r xl:grid-cols-4 xl:*:not-last:border-r max-xl:*:nth-[-n+2]:border-b">
        <Figure
          name="Live runs, 7 days"
          value={`${figures.runs}${recent.complete ? '' : '+'}`}
          picture={
            <Bars
              values={figures.days.map((day) => day.runs)}
              parts={figures.days.map((day) => day.failed)}
            />
          }
        />
        <Figure
          name="Succeeded"
          value={rate(figures)}
          picture={
            <Line
              values={figures.days.map(({ succeeded, failed }) =>
                succeeded + failed > 0 ? succeeded / (succeeded + failed) : undefined,
              )}
            />
          }
        />
        <Figure
          name="Median duration"
          value={figures.medianMs === undefined ? '–' : formatDuration(figures.medianMs)}
          picture={<Line values={figures.days.map((day) => day.durationMs)} />}
        />
        <Figure
          name="Cost"
          value={formatCost(figures.costUsd)}
          picture={<Bars values={figures.days.map((day) => day.costUsd)} />}
        />
      </div>
    </section>
  );
}

function rate({ successRate }: WeekFigures): string {
  if (successRate === undefined) return '–';
  const percent = successRate * 100;
  return `${percent === 100 || percent === 0 ? percent : percent.toFixed(1)} %`;
}

function Figure({ name, value, picture }: { name: string; value: string; picture: ReactNode }) {
  return (
    <div className="flex items-end justify-between gap-3 px-4 py-3">
      <div className="min-w-0">
        <h3 className="truncate text-xs text-faint">{name}</h3>
        <p className="text-xl font-semibold tracking-[-0.02em] tabular">{value}</p>
      </div>
      <div className="pb-1 max-sm:hidden">{picture}</div>
    </div>
  );
}
