'use client';

import { useFileNames } from '@/components/data/use-files';
import { ValueView } from '@/components/records/value-view';
import { AnswerNotes } from '@/components/runs/answer-notes';
import { OutputView } from '@/components/runs/result';
import { isOver, RehearsedMark, RunMark } from '@/components/runs/run-marks';
import { AddModel } from '@/components/spending/made-up';
import { Markdown } from '@/components/ui/display/markdown';
import { Spinner } from '@/components/ui/spinner';
import type { RunView } from '@/lib/runs/contract';
import { WaitBox } from './wait-box';

type Props = { run: RunView; streams: Record<string, string> };

/** What came out of the run; while it goes on, what is being written. */
export function ResultPanel({ run, streams }: Props) {
  if (run.output !== undefined) {
    return (
      <div className="space-y-3 p-4">
        {run.mode === 'rehearsal' ? (
          <RehearsedMark long />
        ) : run.scripted ? (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <RunMark run={run} /> <AddModel />
          </p>
        ) : null}
        <OutputView value={run.output} label="Data of the result" runId={run.id} />
        <AnswerNotes of={run.steps.filter(({ status }) => status === 'succeeded')} />
      </div>
    );
  }
  if (isOver(run.status)) {
    return (
      <p className="p-4 text-muted">
        {run.status === 'cancelled'
          ? 'Cancelled before it had a result. Outputs of finished steps are kept: select a step to see them.'
          : 'The run failed before it had a result. Outputs of finished steps are kept: select a step to see them.'}
      </p>
    );
  }
  const waiting = run.steps.filter((step) => step.wait !== undefined);
  const writing = run.steps.filter((step) => step.status === 'running' && streams[step.id]);
  if (waiting.length > 0) {
    return (
      <div className="space-y-4 p-4">
        {waiting.map((step) => (
          <WaitBox key={step.id} runId={run.id} step={step} named />
        ))}
      </div>
    );
  }
  if (writing.length === 0) {
    return (
      <p className="flex items-center gap-2 p-4 text-muted">
        <Spinner /> The result appears here when the run ends.
      </p>
    );
  }
  return (
    <div className="space-y-5 p-4" aria-live="off">
      {writing.map((step) => (
        <section key={step.id}>
          <h3 className="mb-1.5 flex items-center gap-2 text-xs font-medium text-faint">
            <Spinner className="size-3" /> {step.name} is writing
          </h3>
          <Markdown text={streams[step.id] ?? ''} streaming />
        </section>
      ))}
    </div>
  );
}

/** What the run was started with. */
export function RunInput({ value }: { value: unknown }) {
  const nameOf = useFileNames();
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty || value === undefined ? (
    <p className="text-muted">This run has no input.</p>
  ) : (
    <ValueView value={value} label="Run input" nameOf={nameOf} />
  );
}
