import {
  Ban,
  Check,
  CircleDashed,
  CirclePause,
  CornerDownRight,
  Hourglass,
  RotateCw,
  X,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

/** States that a mark can show: those of runs and of steps. */
export type MarkStatus =
  | 'queued'
  | 'pending'
  | 'ready'
  | 'running'
  | 'waiting'
  | 'paused'
  | 'retrying'
  | 'succeeded'
  | 'failed'
  | 'skipped'
  | 'cancelled';

const looks: Record<MarkStatus, { label: string; className: string; icon: ReactNode }> = {
  queued: { label: 'Queued', className: 'text-faint', icon: <CircleDashed /> },
  pending: { label: 'Pending', className: 'text-faint', icon: <CircleDashed /> },
  ready: { label: 'Ready', className: 'text-faint', icon: <CircleDashed /> },
  running: { label: 'Running', className: 'text-info', icon: <Ring /> },
  waiting: { label: 'Waiting', className: 'text-warning', icon: <Hourglass /> },
  paused: { label: 'Paused', className: 'text-warning', icon: <CirclePause /> },
  retrying: { label: 'Retrying', className: 'text-warning', icon: <RotateCw /> },
  succeeded: {
    label: 'Succeeded',
    className: 'text-success',
    icon: (
      <Disc>
        <Check />
      </Disc>
    ),
  },
  failed: {
    label: 'Failed',
    className: 'text-danger',
    icon: (
      <Disc>
        <X />
      </Disc>
    ),
  },
  skipped: { label: 'Skipped', className: 'text-faint', icon: <CornerDownRight /> },
  cancelled: { label: 'Cancelled', className: 'text-faint', icon: <Ban /> },
};

function Ring() {
  return (
    <svg viewBox="0 0 16 16" fill="none" aria-hidden className="animate-spin">
      <circle cx="8" cy="8" r="6" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2" />
      <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}

function Disc({ children }: { children: ReactNode }) {
  return (
    <span className="flex size-full items-center justify-center rounded-full bg-current [&_svg]:size-[70%] [&_svg]:text-surface [&_svg]:stroke-[3.5]">
      {children}
    </span>
  );
}

/** Name of a state, for people. */
export function statusLabel(status: MarkStatus): string {
  return looks[status].label;
}

/** Text colour of a state. */
export function statusColour(status: MarkStatus): string {
  return looks[status].className;
}

/** The state's icon; says its name to screen readers unless the name stands beside it. */
export function StatusDot({
  status,
  labelled,
  className,
}: {
  status: MarkStatus;
  /** True when the name of the state is written next to it. */
  labelled?: boolean;
  className?: string;
}) {
  const look = looks[status];
  return (
    <span
      className={cn('inline-flex size-3.5 shrink-0 [&>svg]:size-full', look.className, className)}
      {...(labelled
        ? { 'aria-hidden': true }
        : { role: 'img', 'aria-label': look.label, title: look.label })}
    >
      {look.icon}
    </span>
  );
}
