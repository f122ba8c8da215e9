import { FlaskConical, Pin } from 'lucide-react';
import {
  type MarkStatus,
  StatusDot,
  statusColour,
  statusLabel,
} from '@/components/icons/status-dot';
import { MadeUpAnswers } from '@/components/records/made-up-answers';
import { cn } from '@/components/ui/cn';
import { Badge, type BadgeTone } from '@/components/ui/display/badge';
import type { RunSummary } from '@/lib/runs/contract';
import { isEnded } from '@/lib/runs/engine/readiness';
import type { RunStatus } from '@/lib/runs/schema';

const tones: Partial<Record<MarkStatus, BadgeTone>> = {
  running: 'info',
  waiting: 'warning',
  retrying: 'warning',
  succeeded: 'success',
  failed: 'danger',
};

/** A state with its name, as a badge. */
export function StatusBadge({ status }: { status: MarkStatus }) {
  return <Badge tone={tones[status] ?? 'neutral'}>{statusLabel(status)}</Badge>;
}

/** A state with its name, in a line of text. */
export function StatusText({ status, className }: { status: MarkStatus; className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 align-middle', className)}>
      <StatusDot status={status} labelled />
      <span className={statusColour(status)}>{statusLabel(status)}</span>
    </span>
  );
}

/** Beside a run: it did nothing real. Its answers were made up, its effects left out. */
export function RehearsedMark({ long }: { long?: boolean }) {
  return (
    <Badge
      tone="warning"
      title="Tested without a model: answers are made up, nothing was sent, and it cost nothing."
    >
      <FlaskConical aria-hidden />
      {long ? 'Rehearsed: tested without a model' : 'Rehearsed'}
    </Badge>
  );
}

type Marked = Pick<RunSummary, 'mode'> & {
  scripted?: boolean;
  usage?: { costUsd: number };
  /** Of a list or a map of steps, as views and states have them. */
  steps?: readonly Called[] | Readonly<Record<string, Called>>;
};
type Called = { calls?: readonly { rehearsed: boolean }[] | undefined };

/** Whether a real model answered in a run too; where its steps are not at hand, what cost something tells. */
function hasRealAnswers({ steps, usage }: Marked): boolean {
  if (steps === undefined) return (usage?.costUsd ?? 0) > 0;
  return Object.values<Called>(steps).some(({ calls }) => calls?.some((call) => !call.rehearsed));
}

/** Beside a run's state: that it was a rehearsal, or a live run in which the scripted model had to answer. */
export function RunMark({ run }: { run: Marked }) {
  if (run.mode === 'rehearsal') return <RehearsedMark />;
  if (!run.scripted) return null;
  return <MadeUpAnswers partly={hasRealAnswers(run)} />;
}

/** A person pinned what this step gave; the step itself was not run. */
export function PinnedMark() {
  return (
    <Badge tone="accent" title="Rehearsals use the pinned output instead of running the step.">
      <Pin aria-hidden /> Pinned output
    </Badge>
  );
}

export const isOver: (status: RunStatus) => boolean = isEnded;
