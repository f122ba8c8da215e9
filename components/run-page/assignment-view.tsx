'use client';

import { Check, ChevronRight, CircleX, Minus } from 'lucide-react';
import { needsText } from '@/lib/agents/assignment/needs';
import type { Assignment, Assignments } from '@/lib/agents/assignment/record';

/** Who got a step's task, why, and what was done when it failed; who else was looked at is one click away. */
export function AssignmentView({
  assignments: { tries, waits },
  failed,
}: {
  assignments: Assignments;
  /** The step has failed: so has the last one that had its task. */
  failed: boolean;
}) {
  const [first] = tries;
  const needs = (waits ?? first?.assignment)?.needs;
  return (
    <div className="space-y-2 text-xs">
      {needs ? <p className="text-faint">Needed: {needsText(needs)}.</p> : null}
      <ol className="space-y-2">
        {tries.map(({ round, assignment, failed: failure, remedy }, at) => (
          <li key={round} className="rounded-md border px-3 py-2">
            <p className="flex gap-2">
              {failure || (failed && at === tries.length - 1) ? (
                <CircleX className="mt-0.5 size-3 shrink-0 text-danger" aria-label="Failed" />
              ) : (
                <Check className="mt-0.5 size-3 shrink-0 text-success" aria-label="Taken" />
              )}
              <span className="min-w-0">
                <span className="font-medium">
                  {assignment.taken ? `@${assignment.taken}` : 'General assistant'}
                </span>{' '}
                <span className="text-muted">{assignment.reason}</span>
              </span>
            </p>
            {failure ? <p className="mt-1 pl-5 text-danger">{failure.message}</p> : null}
            {remedy ? <p className="mt-1 pl-5">{remedy}</p> : null}
            <LookedAt assignment={assignment} />
          </li>
        ))}
        {waits ? (
          <li className="rounded-md border border-warning/50 px-3 py-2">
            <p>{waits.reason}</p>
            <LookedAt assignment={waits} />
          </li>
        ) : null}
      </ol>
    </div>
  );
}

function LookedAt({ assignment }: { assignment: Assignment }) {
  const { agents, more, taken, looked, fit } = assignment;
  if (looked === 0) return null;
  return (
    <details className="group/looked mt-1 pl-5">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 text-muted hover:text-fg">
        <ChevronRight
          className="size-3 transition-transform group-open/looked:rotate-90"
          aria-hidden
        />
        {looked} {looked === 1 ? 'agent' : 'agents'} looked at, {fit} {fit === 1 ? 'fits' : 'fit'}
      </summary>
      <ul
        className="mt-1.5 max-h-60 space-y-1 overflow-y-auto"
        aria-label="Agents that were looked at"
      >
        {agents.map(({ handle, score, why }) => (
          <li key={handle} className="flex gap-2">
            {handle === taken ? (
              <Check className="mt-0.5 size-3 shrink-0 text-success" aria-label="Taken" />
            ) : (
              <Minus className="mt-0.5 size-3 shrink-0 text-faint" aria-label="Not taken" />
            )}
            <span className="min-w-0">
              <span className="font-mono">@{handle}</span>
              {score === undefined ? null : (
                <span className="text-faint tabular"> {Math.round(score * 100)} of 100</span>
              )}
              {why === undefined ? null : <span className="text-muted"> {why}</span>}
            </span>
          </li>
        ))}
      </ul>
      {more === undefined ? null : <p className="mt-1 text-faint">And {more} more.</p>}
    </details>
  );
}
