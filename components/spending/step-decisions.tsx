'use client';

import { useState } from 'react';
import { useRunCalls } from '@/components/data/spending-queries';
import { Button } from '@/components/ui/controls/button';
import { formatDuration } from '@/components/ui/format';
import { DecisionView } from './decision';
import { moneyText } from './words';

/** The record of each model call of a step, once it is asked for. */
export function StepDecisions({ runId, stepId }: { runId: string; stepId: string }) {
  const [open, setOpen] = useState(false);
  const calls = useRunCalls(runId, open);
  const rows = calls.data?.items.filter((call) => call.runId === runId && call.stepId === stepId);
  return (
    <div className="space-y-2">
      <Button size="sm" variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Hide the models that were looked at' : 'Show the models that were looked at'}
      </Button>
      {open && calls.error ? (
        <p role="alert" className="text-xs text-danger">
          {calls.error.message}
        </p>
      ) : null}
      {open && calls.isPending ? <p className="text-xs text-faint">Loading…</p> : null}
      {open && rows?.length === 0 ? (
        <p className="text-xs text-muted">These calls were made before they were recorded.</p>
      ) : null}
      {open
        ? rows?.map((call) => (
            <section key={call.id} className="space-y-2 rounded-md border px-3 py-2">
              <p className="text-xs text-muted tabular">
                {call.answerCache === 'hit'
                  ? 'From the answer cache'
                  : call.firstPartMs === null
                    ? 'No answer began'
                    : `First words after ${formatDuration(call.firstPartMs)}`}
                {call.durationMs === null ? '' : `, done after ${formatDuration(call.durationMs)}`}
                {call.maxTokens === null ? '' : `, at most ${call.maxTokens} tokens`} ·{' '}
                {call.priceList === null ? 'price unknown' : moneyText(call.costUsd)}
                {call.errorCode === null ? '' : ` · ${call.errorCode}`}
              </p>
              <DecisionView decision={call.decision} />
            </section>
          ))
        : null}
    </div>
  );
}
