import type { ReactNode } from 'react';
import type { Failure } from '@/lib/runs/schema';

/** A failure in words, with its code. */
export function FailureBox({
  failure,
  title,
  children,
}: {
  failure: Failure;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div role="alert" className="rounded-md bg-danger-soft px-3 py-2.5 text-danger">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <p className="text-sm font-medium">{title}</p>
        <code className="font-mono text-2xs">{failure.code}</code>
      </div>
      <p className="mt-0.5 text-sm break-words text-fg">{failure.message}</p>
      {children}
    </div>
  );
}
