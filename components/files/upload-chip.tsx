'use client';

import type { Uploading } from '@/components/data/uploads/uploading';
import { FileChip } from './file-chip';

type Props = {
  of: Exclude<Uploading, { state: 'done' }>;
  onCancel: () => void;
  /** Takes it from the tab that is at it. */
  onTakeHere: () => void;
};

const waitingTexts = { offline: 'Offline', busy: 'Waiting' } as const;

/** A file on its way: how far it has come, why it stands still, and a way to cancel it. */
export function UploadChip({ of, onCancel, onTakeHere }: Props) {
  const about = { name: of.name, size: of.size, onRemove: onCancel };
  if (of.state === 'refused') return <FileChip {...about} problem={of.problem} />;
  if (of.state === 'elsewhere') {
    return <FileChip {...about} waiting="In another tab" onContinue={onTakeHere} />;
  }
  const waiting = of.waiting && waitingTexts[of.waiting];
  return <FileChip {...about} progress={of.progress} waiting={waiting} />;
}

type ListProps = {
  of: readonly Uploading[];
  label: string;
  className?: string;
  onCancel: (id: string) => void;
  onTakeHere: (id: string) => void;
};

/** The files that are on their way to one place; nothing where none is. */
export function UploadList({ of, label, className, onCancel, onTakeHere }: ListProps) {
  const shown = of.flatMap((one) => (one.state === 'done' ? [] : [one]));
  if (shown.length === 0) return null;
  return (
    <div className={className}>
      <ul aria-label={label} className="flex flex-wrap gap-1.5">
        {shown.map((one) => (
          <UploadChip
            key={one.id}
            of={one}
            onCancel={() => onCancel(one.id)}
            onTakeHere={() => onTakeHere(one.id)}
          />
        ))}
      </ul>
      <UploadProblems of={shown} />
    </div>
  );
}

/** Why uploads were refused, as lines below them. */
export function UploadProblems({ of }: { of: readonly { id: string; problem?: string }[] }) {
  return of.map(({ id, problem }) =>
    problem === undefined ? null : (
      <p key={id} role="alert" className="mt-1.5 text-xs text-danger">
        {problem}
      </p>
    ),
  );
}
