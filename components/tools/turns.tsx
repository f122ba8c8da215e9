'use client';

import { ChevronRight } from 'lucide-react';
import { useTurns } from '@/components/data/tool-queries';
import { Badge } from '@/components/ui/display/badge';
import { Markdown } from '@/components/ui/display/markdown';
import { formatCost, formatDuration } from '@/components/ui/format';
import { sumUsd } from '@/lib/spending/pico';
import type { ToolCallView, TurnView } from '@/lib/tools/contract';
import { CallArgs } from './call-args';
import { effects, states } from './effects';

/** What an agent did in a step, turn by turn as it comes; nothing where it used no tools. */
export function AgentTurns({ runId, stepId }: { runId: string; stepId: string }) {
  const { data } = useTurns(runId, stepId);
  if (!data || data.items.length === 0) return null;
  const cost = sumUsd(...data.items.map(({ costUsd }) => costUsd));
  return (
    <section>
      <h3 className="mb-1.5 flex items-baseline gap-2 text-xs font-medium text-faint">
        <span>Turns</span>
        <span className="font-normal tabular">
          {data.agent ? `${data.agent.name}` : ''}
          {data.agent?.version ? ` · version ${data.agent.version}` : ''}
          {cost > 0 ? ` · ${formatCost(cost)}` : ''}
        </span>
      </h3>
      <ol aria-label="Turns" className="space-y-2">
        {data.items.map((turn) => (
          <Turn key={turn.turn} turn={turn} />
        ))}
      </ol>
    </section>
  );
}

function Turn({ turn }: { turn: TurnView }) {
  return (
    <li className="rounded-md border">
      <header className="flex items-center gap-2 border-b px-3 py-1.5 text-xs text-faint tabular">
        <span className="font-medium text-muted">Turn {turn.turn}</span>
        <span className="min-w-0 truncate">{turn.model}</span>
        <span className="ml-auto shrink-0">{formatCost(turn.costUsd)}</span>
      </header>
      <div className="space-y-2 p-3">
        {turn.text ? <Markdown text={turn.text} /> : null}
        {turn.calls.map((each) => (
          <Call key={each.id} call={each} />
        ))}
      </div>
    </li>
  );
}

function Call({ call }: { call: ToolCallView }) {
  const { title, effect, state, result, args, askedArgs, answer, startedAt, finishedAt } = call;
  const took =
    startedAt && finishedAt ? formatDuration(Date.parse(finishedAt) - Date.parse(startedAt)) : '';
  return (
    <details className="group rounded-md border">
      <summary className="flex cursor-pointer list-none items-center gap-2 px-2.5 py-1.5 text-sm">
        <ChevronRight
          aria-hidden
          className="size-3.5 shrink-0 text-faint transition-transform group-open:rotate-90"
        />
        <span className="min-w-0 flex-1 truncate">{title}</span>
        <span className="text-xs text-faint tabular">{took}</span>
        <Badge tone={effects[effect].tone} title={effects[effect].says}>
          {effects[effect].label}
        </Badge>
        {state === 'done' ? null : <Badge tone={states[state].tone}>{states[state].label}</Badge>}
      </summary>
      <div className="space-y-2.5 border-t p-2.5">
        <CallArgs args={args} />
        {answer ? (
          <p className="text-xs text-muted">
            {said[answer.do]} by {answer.by.name}
            {answer.edited ? ', who changed the arguments' : ''}
            {answer.text ? `: ${answer.text}` : '.'}
          </p>
        ) : null}
        {askedArgs === null ? null : (
          <div>
            <p className="mb-1 text-xs text-faint">It had asked for</p>
            <CallArgs args={askedArgs} />
          </div>
        )}
        {result === null ? null : (
          <pre className="max-h-72 overflow-auto rounded-md bg-hover/60 p-2 font-mono text-xs break-words whitespace-pre-wrap">
            {result}
          </pre>
        )}
      </div>
    </details>
  );
}

const said = {
  approve: 'Approved',
  refuse: 'Refused',
  answer: 'Answered',
  happened: 'Confirmed as done',
  again: 'Run again',
  failed: 'Marked as not done',
} as const;
