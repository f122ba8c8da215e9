'use client';

import { ChevronRight } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { useTurns } from '@/components/data/tool-queries';
import { Badge } from '@/components/ui/display/badge';
import { Skeleton } from '@/components/ui/display/skeleton';
import { later } from '@/components/ui/later';
import { states } from './effects';
import type { AgentTurns as Turns } from './turns';

/** Few look at them: their code comes when somebody does. */
const AgentTurns = later<ComponentProps<typeof Turns>>(
  () => import('./turns').then((found) => found.AgentTurns),
  () => <Skeleton className="h-16 w-full rounded-md" />,
);

/** Calls that show while an agent works; earlier ones are counted. */
const maxShown = 4;

type Props = { runId: string; stepId: string };

/** Which tools an agent is using for its answer, as it goes. */
export function ToolsInUse({ runId, stepId }: Props) {
  const { data } = useTurns(runId, stepId, { live: true });
  const calls = (data?.items ?? []).flatMap((turn) => turn.calls);
  if (calls.length === 0) return null;
  const shown = calls.slice(-maxShown);
  return (
    <ol aria-label="Tools in use" className="rounded-lg border px-3 py-2 text-xs text-muted">
      {calls.length > shown.length ? (
        <li className="text-faint">{calls.length - shown.length} before</li>
      ) : null}
      {shown.map(({ id, title, state }) => (
        <li key={id} className="flex h-6 items-center gap-2">
          <span className="min-w-0 truncate">{title}</span>
          {state === 'done' ? null : <Badge tone={states[state].tone}>{states[state].label}</Badge>}
        </li>
      ))}
    </ol>
  );
}

/** What an agent did for its answer, turn by turn: fetched when somebody wants to see it. */
export function ToolsUsed({ runId, stepId }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="group/tools text-xs"
      onToggle={(event) => {
        if (event.currentTarget.open) setOpen(true);
      }}
    >
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded-sm text-muted hover:text-fg">
        <ChevronRight
          aria-hidden
          className="size-3.5 transition-transform group-open/tools:rotate-90"
        />
        Tools used
      </summary>
      {open ? (
        <div className="mt-1.5">
          <AgentTurns runId={runId} stepId={stepId} />
        </div>
      ) : null}
    </details>
  );
}
