'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/controls/button';
import { ErrorState } from '@/components/ui/display/error-state';

export type PageErrorProps = {
  /** Whatever was thrown: Next does not promise that it is an error. */
  error: (Error & { digest?: string }) | null | undefined;
  reset: () => void;
};

/** In the place of a page that could not be shown: what happened, what was kept, and the ways on. */
export function PageError({ error, reset }: PageErrorProps) {
  return (
    <ErrorState
      title="This page could not be shown"
      onRetry={reset}
      actions={
        <Button size="sm" asChild>
          <Link href="/workflows">Back to workflows</Link>
        </Button>
      }
    >
      <p className="mt-1 max-w-md text-sm text-muted">Everything that was saved is safe.</p>
      <p className="mt-1 max-w-md text-sm break-words text-muted">{whatHappened(error)}</p>
    </ErrorState>
  );
}

/** An error with a digest came from the server, which has written it to its log; all others happened here. */
function whatHappened(error: PageErrorProps['error']): string {
  if (error?.digest)
    return `The server failed to render it. Details are in its log under ${error.digest}.`;
  const message = error?.message ? `: ${error.message}` : '.';
  return `Something in it failed in this browser${message}`;
}
