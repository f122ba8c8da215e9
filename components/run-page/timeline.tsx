'use client';

import { useMemo } from 'react';
import { StatusDot, statusLabel } from '@/components/icons/status-dot';
import { isOver } from '@/components/runs/run-marks';
import { CachedIcon, isCached } from '@/components/spending/cached-mark';
import { cn } from '@/components/ui/cn';
import { useNow } from '@/components/ui/display/time-ago';
import { formatDuration } from '@/components/ui/format';
import type { RunView, StepView } from '@/lib/runs/contract';
import type { Plan } from '@/lib/runs/schema';
import type { Attempt } from '@/lib/runs/view/attempts';
import { criticalPath } from '@/lib/runs/view/critical-path';

type Props = {
  run: RunView;
  /** The graph; absent until the live state came. */
  plan: Plan | undefined;
  attempts: Record<string, Attempt[]>;
  retryAt: Record<string, number>;
  selected: string | undefined;
  onSelect: (stepId: string) => void;
};

const colours: Record<Attempt['outcome'], string> = {
  running: 'bg-info animate-breathe',
  succeeded: 'bg-success',
  failed: 'bg-danger',
  retrying: 'bg-danger/70',
  'went-on': 'bg-warning',
  lost: 'bg-warning',
  cancelled: 'bg-border-strong',
};
const outcomes: Record<Attempt['outcome'], string> = {
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  retrying: 'failed attempt (retried)',
  'went-on': 'waited, then continued',
  lost: 'worker lost (retried)',
  cancelled: 'cancelled',
};

/** When each step ran, attempt by attempt, on one scale of time. */
export function Timeline({ run, plan, attempts, retryAt, selected, onSelect }: Props) {
  const now = useNow(!isOver(run.status));
  const start = Date.parse(run.startedAt ?? run.createdAt);
  const end = run.finishedAt ? Date.parse(run.finishedAt) : Math.max(now, start + 1_000);
  const span = Math.max(end - start, 1);
  const ticks = useMemo(() => ticksOf(span), [span]);
  const choosing = useMemo(
    () => new Set(plan?.steps.flatMap(({ id, ports }) => (ports.length > 1 ? [id] : []))),
    [plan],
  );
  const path = useMemo(() => (plan && isOver(run.status) ? pathOf(plan, run) : []), [plan, run]);
  return (
    <section aria-label="Timeline" className="overflow-x-auto">
      <div className="min-w-[520px]">
        <div className="flex h-7 items-end border-b pr-4 pl-4 text-2xs text-faint tabular">
          <span className="w-52 shrink-0 pb-1">Step</span>
          <div className="relative h-full flex-1" aria-hidden>
            {ticks.map((at) => (
              <span
                key={at}
                className="absolute bottom-1 -translate-x-1/2 whitespace-nowrap first:translate-x-0"
                style={{ left: `${(at / span) * 100}%` }}
              >
                {at === 0 ? '0' : formatDuration(at).replace('.0 ', ' ')}
              </span>
            ))}
          </div>
          <span className="w-20 shrink-0 pb-1 text-right">Duration</span>
        </div>
        {run.steps.map((step) => (
          <Row
            key={step.id}
            step={step}
            attempts={attempts[step.id] ?? guessed(step)}
            retryAt={retryAt[step.id]}
            scale={{ start, span, now: end, ticks }}
            chooses={choosing.has(step.id)}
            critical={path.includes(step.id)}
            selected={selected === step.id}
            onSelect={() => onSelect(step.id)}
          />
        ))}
        <Legend path={path} run={run} />
      </div>
    </section>
  );
}

function pathOf(plan: Plan, run: RunView): string[] {
  const at = (iso: string | null) => (iso === null ? undefined : Date.parse(iso));
  const spans = Object.fromEntries(
    run.steps.map(({ id, startedAt, finishedAt, ports, reusedFrom }) => [
      id,
      reusedFrom ? undefined : { startedAt: at(startedAt), finishedAt: at(finishedAt), ports },
    ]),
  );
  return criticalPath(plan.steps, spans);
}

/** What the marks mean, and which steps decided when the run ended. */
function Legend({ path, run }: { path: string[]; run: RunView }) {
  const names = path.map((id) => run.steps.find((step) => step.id === id)?.name ?? id);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-2xs text-faint">
      <span className="flex items-center gap-1.5">
        <span aria-hidden className="h-2 w-4 rounded-[3px] bg-danger/70" /> failed attempt (retried)
      </span>
      <span className="flex items-center gap-1.5">
        <span
          aria-hidden
          className="h-2 w-4 rounded-[3px] border border-dashed border-warning bg-warning-soft"
        />
        waited
      </span>
      {names.length > 1 ? (
        <span className="flex min-w-0 items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-4 shrink-0 bg-accent" />
          <span>
            Critical path: <span className="text-muted">{names.join(' → ')}</span>
          </span>
        </span>
      ) : null}
    </div>
  );
}

type Scale = { start: number; span: number; now: number; ticks: number[] };
type RowProps = {
  step: StepView;
  attempts: Attempt[];
  retryAt: number | undefined;
  scale: Scale;
  /** It goes on at some of its ports: why is worth saying. */
  chooses: boolean;
  /** It is one of those that decided when the run ended. */
  critical: boolean;
  selected: boolean;
  onSelect: () => void;
};

function Row({ step, attempts, retryAt, scale, chooses, critical, selected, onSelect }: RowProps) {
  const first = attempts[0]?.startedAt;
  const last = attempts.at(-1);
  const reason = chooses ? step.reason : undefined;
  const duration =
    first === undefined || !last ? undefined : (last.finishedAt ?? scale.now) - first;
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={onSelect}
      className={cn(
        'flex h-8 w-full items-center border-b px-4 text-left -outline-offset-2 last:border-b-0 hover:bg-hover/60',
        selected && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      <span className="flex w-52 shrink-0 items-center gap-2 pr-3">
        <StatusDot status={step.status} />
        <span className={cn('truncate', step.status === 'skipped' && 'text-faint')}>
          {step.name}
        </span>
        {critical ? <span className="sr-only">on the critical path</span> : null}
        {isCached(step) ? <CachedIcon /> : null}
        {step.tries > 1 ? (
          <span className="shrink-0 text-2xs text-faint tabular">×{step.tries}</span>
        ) : null}
      </span>
      <span className="relative h-full flex-1">
        {scale.ticks.map((at) => (
          <span
            key={at}
            className="absolute inset-y-0 w-px bg-border/60"
            style={{ left: `${(at / scale.span) * 100}%` }}
          />
        ))}
        {critical && first !== undefined && last ? (
          <span
            title="On the critical path: it determined when the run ended"
            className="absolute bottom-1 h-0.5 min-w-[3px] rounded-full bg-accent"
            style={barStyle(first, last.finishedAt ?? scale.now, scale)}
          />
        ) : null}
        {attempts.map((attempt) => (
          <Bar key={`${attempt.attempt}-${attempt.startedAt}`} attempt={attempt} scale={scale} />
        ))}
        {reason !== undefined && last ? (
          <Reason text={reason} from={first} to={last.finishedAt} scale={scale} />
        ) : null}
        {retryAt !== undefined && last?.finishedAt !== undefined ? (
          <span
            title="Waiting to retry"
            className="absolute top-1/2 h-px border-t border-dashed border-warning"
            style={barStyle(last.finishedAt, Math.max(scale.now, last.finishedAt), scale)}
          />
        ) : null}
      </span>
      <span className="w-20 shrink-0 text-right text-xs text-muted tabular">
        {step.reusedFrom
          ? 'reused'
          : duration === undefined
            ? statusLabel(step.status)
            : formatDuration(duration)}
      </span>
    </button>
  );
}

type ReasonProps = {
  text: string;
  from: number | undefined;
  to: number | undefined;
  scale: Scale;
};

/** Why a step took its way, on the side of its bar where there is room. */
function Reason({ text, from = 0, to, scale }: ReasonProps) {
  const start = (from - scale.start) / scale.span;
  const end = ((to ?? scale.now) - scale.start) / scale.span;
  const after = 1 - end >= start;
  const room = after
    ? { left: `${end * 100}%`, right: 0 }
    : { right: `${(1 - start) * 100}%`, left: 0 };
  return (
    <span
      title={text}
      style={room}
      className={cn(
        'absolute inset-y-0 truncate px-2 text-2xs leading-8 text-faint',
        !after && 'text-right',
      )}
    >
      {text}
    </span>
  );
}

function Bar({ attempt, scale }: { attempt: Attempt; scale: Scale }) {
  const { startedAt, waitedFrom, outcome } = attempt;
  const end = attempt.finishedAt ?? scale.now;
  const workedUntil = waitedFrom ?? end;
  const note = `Attempt ${attempt.attempt}: ${outcomes[outcome]}, ${formatDuration(end - startedAt)}`;
  const waited =
    waitedFrom === undefined ? '' : `, ${formatDuration(end - waitedFrom)} of that waiting`;
  const waits = waitedFrom !== undefined && outcome === 'running';
  return (
    <span title={attempt.error ? `${note}${waited}. ${attempt.error.message}` : note + waited}>
      {waitedFrom === undefined ? null : (
        <span
          className="absolute top-1/2 h-2.5 -translate-y-1/2 rounded-[3px] border border-dashed border-warning bg-warning-soft"
          style={barStyle(waitedFrom, end, scale)}
        />
      )}
      <span
        className={cn(
          'absolute top-1/2 h-2.5 min-w-[3px] -translate-y-1/2 rounded-[3px]',
          waits ? 'bg-warning' : colours[outcome],
        )}
        style={barStyle(startedAt, workedUntil, scale)}
      />
    </span>
  );
}

function barStyle(from: number, to: number, { start, span }: Scale) {
  const left = Math.min(Math.max((from - start) / span, 0), 1);
  const width = Math.min(Math.max((to - from) / span, 0), 1 - left);
  return { left: `${left * 100}%`, width: `${width * 100}%` };
}

/** What the step itself knows, until the journal came. */
function guessed(step: StepView): Attempt[] {
  if (!step.startedAt) return [];
  const outcome =
    step.status === 'succeeded' || step.status === 'failed' || step.status === 'cancelled'
      ? step.status
      : step.status === 'retrying'
        ? 'retrying'
        : 'running';
  return [
    {
      attempt: step.attempt,
      startedAt: Date.parse(step.startedAt),
      ...(step.finishedAt ? { finishedAt: Date.parse(step.finishedAt) } : {}),
      outcome,
    },
  ];
}

/** Round moments, at most six: 0, 5 s, 10 s, … in milliseconds. */
export function ticksOf(span: number): number[] {
  const units = [1, 2, 5].flatMap((each) =>
    [1, 10, 100, 1_000, 10_000].map((factor) => each * factor),
  );
  const minutes = [30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000, 21_600_000];
  const steps = [...units, ...minutes].sort((a, b) => a - b);
  const step = steps.find((each) => span / each <= 5) ?? 86_400_000;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => index * step).filter(
    (at) => at <= span * 0.97,
  );
}
