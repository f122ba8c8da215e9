'use client';

import type { ReactNode } from 'react';
import { useFileNames } from '@/components/data/use-files';
import { HeldInside } from '@/components/debugger/held-inside';
import { ReusedMark } from '@/components/debugger/reused-mark';
import { ValueView } from '@/components/records/value-view';
import { AnswerNotes } from '@/components/runs/answer-notes';
import { Calls } from '@/components/runs/calls';
import { FailureBox } from '@/components/runs/failure-box';
import { OutputView } from '@/components/runs/result';
import { PinnedMark, StatusText } from '@/components/runs/run-marks';
import { CachedMark, isCached } from '@/components/spending/cached-mark';
import { CallContext } from '@/components/spending/call-context';
import { MadeUpMark } from '@/components/spending/made-up';
import { StepDecisions } from '@/components/spending/step-decisions';
import { referenceTo } from '@/components/text-editor/insert-reference';
import { AgentTurns } from '@/components/tools/turns';
import { Badge } from '@/components/ui/display/badge';
import { DragValues } from '@/components/ui/display/json-view';
import { Markdown } from '@/components/ui/display/markdown';
import { useNow } from '@/components/ui/display/time-ago';
import { exactTime, formatDuration } from '@/components/ui/format';
import { assignmentsSchema } from '@/lib/agents/assignment/record';
import { catalogue } from '@/lib/nodes/catalogue';
import type { StepView } from '@/lib/runs/contract';
import type { Attempt } from '@/lib/runs/view/attempts';
import { typeNamed } from '@/lib/workflows/node-catalogue';
import { AssignmentView } from './assignment-view';
import { StepChildren } from './step-children';
import { WaitBox } from './wait-box';

type Props = {
  step: StepView;
  attempts: Attempt[];
  /** Text that this step is writing now. */
  stream: string | undefined;
  retryAt: number | undefined;
  /** The run, where a step that waits may be answered. */
  runId: string | undefined;
  /** Where there is room, input and output stand side by side. */
  beside?: boolean | undefined;
  hideInput?: boolean | undefined;
};

/** Steps that may use tools. */
const toolTypes: readonly string[] = ['agent', 'tool'];

/** All about one step: output, input, attempts, model calls and the reasons of its choices. */
export function StepDetail(props: Props) {
  const { step, attempts, retryAt, runId } = props;
  const assignments = assignmentsSchema.safeParse(step.shown).data;
  const rehearsed = step.calls?.some((call) => call.rehearsed);
  // What the debugger holds has not begun: what it would work with is all there is to say.
  if (step.wait?.kind === 'debugger' && runId !== undefined) {
    return (
      <div className="p-4">
        <WaitBox key={step.id} runId={runId} step={step} />
      </div>
    );
  }
  return (
    <div className="space-y-5 p-4">
      {step.wait?.kind === 'children' && runId !== undefined ? (
        <HeldInside runId={runId} stepId={step.id} />
      ) : null}
      <div className="space-y-2">
        <div className="flex flex-wrap items-center gap-2">
          <StatusText status={step.status} />
          {rehearsed ? <MadeUpMark /> : null}
          {isCached(step) ? <CachedMark /> : null}
          {step.pinned ? <PinnedMark /> : null}
          {step.given ? (
            <Badge title="The step did not run. Whoever started this test wrote its output.">
              Given for this test
            </Badge>
          ) : null}
          {step.reusedFrom ? <ReusedMark from={step.reusedFrom} /> : null}
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
          <Fact name="Step type">{typeNamed(catalogue, step.type)?.title ?? step.type}</Fact>
          <Fact name="Duration">
            <Duration step={step} />
          </Fact>
          <Fact name="Attempt">{step.tries === 0 ? 'none yet' : step.tries}</Fact>
          {step.reason ? <Fact name="Reason">{step.reason}</Fact> : null}
          {step.changedBy ? (
            <Fact name="Settings">Changed for this run by {step.changedBy}.</Fact>
          ) : null}
        </dl>
      </div>
      {step.error ? <FailureBox failure={step.error} title="Why it failed" /> : null}
      {retryAt === undefined ? null : <NextAttempt at={retryAt} />}
      {step.wait && runId !== undefined ? <WaitBox runId={runId} step={step} /> : null}
      {assignments ? (
        <Part title="Who got the task">
          <AssignmentView assignments={assignments} failed={step.error !== undefined} />
        </Part>
      ) : null}
      {step.spawned && runId !== undefined ? (
        <Part title="Runs of this step">
          <StepChildren runId={runId} step={step} />
        </Part>
      ) : null}
      {runId !== undefined && toolTypes.includes(step.type) ? (
        <AgentTurns runId={runId} stepId={step.id} />
      ) : null}
      <Values {...props} />
      {step.calls?.length ? (
        <Part title="Model calls">
          <Calls calls={step.calls} />
          {runId === undefined ? null : <StepDecisions runId={runId} stepId={step.id} />}
        </Part>
      ) : null}
      {step.calls?.length && runId !== undefined ? (
        <Part title="Context">
          <CallContext runId={runId} stepId={step.id} />
        </Part>
      ) : null}
      {attempts.length > 1 ? (
        <Part title="Attempts">
          <Attempts attempts={attempts} />
        </Part>
      ) : null}
    </div>
  );
}

function Values({ step, stream, runId, beside, hideInput }: Props) {
  const nameOf = useFileNames(step.input !== undefined);
  const output =
    step.output !== undefined ? (
      <Part title="Output">
        <DragValues value={(path) => referenceTo(['steps', step.key, 'output', ...path])}>
          <OutputView value={step.output} label="Output" runId={runId} />
        </DragValues>
        <AnswerNotes of={[step]} />
      </Part>
    ) : stream ? (
      <Part title="Writing">
        <Markdown text={stream} streaming />
      </Part>
    ) : null;
  const input =
    step.input === undefined || hideInput ? null : (
      <Part title="Input">
        <ValueView value={step.input} label="Input" openDepth={1} nameOf={nameOf} />
      </Part>
    );
  if (!beside || !input || !output) {
    return (
      <>
        {output}
        {input}
      </>
    );
  }
  return (
    <div className="@container">
      <div className="grid grid-cols-1 gap-5 @xl:grid-cols-2">
        <div className="min-w-0">{input}</div>
        <div className="min-w-0">{output}</div>
      </div>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="min-w-0 break-words text-muted tabular">{children}</dd>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-xs font-medium text-faint">{title}</h3>
      {children}
    </section>
  );
}

function Duration({ step }: { step: StepView }) {
  const now = useNow(step.startedAt !== null && !step.finishedAt);
  if (!step.startedAt) return 'not started';
  const start = Date.parse(step.startedAt);
  return formatDuration((step.finishedAt ? Date.parse(step.finishedAt) : now) - start);
}

function NextAttempt({ at }: { at: number }) {
  const now = useNow();
  return (
    <p className="rounded-md bg-warning-soft px-3 py-2 text-xs text-warning tabular">
      {at > now ? `Retries in ${formatDuration(at - now)}.` : 'Retrying now.'}
    </p>
  );
}

const outcomes: Partial<Record<Attempt['outcome'], string>> = {
  lost: 'worker lost',
  'went-on': 'waited, then continued',
};

function Attempts({ attempts }: { attempts: Attempt[] }) {
  return (
    <ol className="divide-y rounded-md border text-xs">
      {attempts.map((attempt) => (
        <li key={`${attempt.attempt}-${attempt.startedAt}`} className="px-3 py-2">
          <div className="flex justify-between gap-3 tabular">
            <span>
              Attempt {attempt.attempt}: {outcomes[attempt.outcome] ?? attempt.outcome}
            </span>
            <span className="text-faint">{exactTime(new Date(attempt.startedAt))}</span>
          </div>
          {attempt.error ? <p className="mt-0.5 text-danger">{attempt.error.message}</p> : null}
        </li>
      ))}
    </ol>
  );
}
