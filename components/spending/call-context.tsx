'use client';

import { useState } from 'react';
import { useRunCalls } from '@/components/data/spending-queries';
import { Select } from '@/components/ui/controls/select';
import type { ModelCallFact } from '@/lib/spending/contract';
import { ContextBar } from './context-bar';

/** What filled the model's window in the calls of a step, the last one first. `stepId` absent: in those of the run. */
export function CallContext({ runId, stepId }: { runId: string; stepId?: string | undefined }) {
  const calls = useRunCalls(runId, true);
  const [chosen, setChosen] = useState<string>();
  const rows = calls.data?.items.filter(
    (call) => call.runId === runId && (stepId === undefined || call.stepId === stepId),
  );
  if (calls.error) {
    return (
      <p role="alert" className="text-xs text-danger">
        {calls.error.message}
      </p>
    );
  }
  if (rows === undefined) return <p className="text-xs text-faint">Loading…</p>;
  const row = rows.find(({ id }) => id === chosen) ?? rows.at(-1);
  if (row === undefined) return <p className="text-xs text-muted">Not recorded.</p>;
  return (
    <div className="space-y-2">
      {rows.length > 1 ? (
        <Select
          aria-label="Call"
          value={row.id}
          onValueChange={setChosen}
          options={rows.map(({ id, model }, at) => ({
            value: id,
            label: `Call ${at + 1} of ${rows.length} (${model})`,
          }))}
        />
      ) : null}
      <FactContext row={row} />
    </div>
  );
}

/** The same of one call on record. */
export function FactContext({ row }: { row: ModelCallFact }) {
  if (row.answerCache === 'hit') {
    return <p className="text-xs text-muted">Nothing was sent: the answer came from the cache.</p>;
  }
  if (row.context === null) {
    return <p className="text-xs text-muted">What filled the window was not recorded.</p>;
  }
  const counted = row.estimated ? 0 : row.inputTokens;
  return <ContextBar fill={row.context} counted={counted} />;
}
