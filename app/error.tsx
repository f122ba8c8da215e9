'use client';

import { ErrorState } from '@/components/ui/error-state';

export default function ErrorPage({
  error,
  reset,
}: {
  /** Whatever was thrown: Next does not promise that it is an error. */
  error: (Error & { digest?: string }) | null | undefined;
  reset: () => void;
}) {
  return (
    <main className="flex min-h-full items-center justify-center">
      <ErrorState title="This page ran into an error" onRetry={reset}>
        <p className="mt-1 max-w-md text-sm text-muted">
          Nothing that was saved is lost. Try again; if it stays, the server’s log has the details
          {error?.digest ? ` under ${error.digest}` : ''}.
        </p>
      </ErrorState>
    </main>
  );
}
