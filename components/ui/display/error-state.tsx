'use client';

import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '../cn';
import { Button } from '../controls/button';

type Props = {
  /** What did not work, e.g. "The runs could not be loaded". */
  title: string;
  error?: unknown;
  onRetry?: () => void;
  /** Beside "Try again": other ways on. */
  actions?: ReactNode;
  children?: ReactNode;
  className?: string;
};

/** What happened, and a way to try again. */
export function ErrorState({ title, error, onRetry, actions, children, className }: Props) {
  const message = error instanceof Error ? error.message : undefined;
  return (
    <div
      role="alert"
      className={cn('flex flex-col items-center px-6 py-14 text-center', className)}
    >
      <div className="mb-3 flex size-9 items-center justify-center rounded-lg bg-danger-soft text-danger">
        <TriangleAlert className="size-4" aria-hidden />
      </div>
      <h2 className="text-sm font-medium">{title}</h2>
      {message ? <p className="mt-1 max-w-md text-sm text-muted">{message}</p> : null}
      {children}
      {onRetry || actions ? (
        <div className="mt-4 flex flex-wrap justify-center gap-2">
          {onRetry ? (
            <Button size="sm" onClick={onRetry}>
              Try again
            </Button>
          ) : null}
          {actions}
        </div>
      ) : null}
    </div>
  );
}
