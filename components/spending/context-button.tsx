'use client';

import { later } from '@/components/ui/later';
import { Popover } from '@/components/ui/overlays/popover';

// Its code comes when the page is at rest.
const CallContext = later(
  async () => (await import('./call-context')).CallContext,
  () => <p className="text-xs text-faint">Loading…</p>,
);

/** What filled the model's window when it answered, on demand. */
export function ContextButton({ runId }: { runId: string }) {
  return (
    <Popover
      label="Context of the answer"
      className="w-96 max-w-[calc(100vw-2rem)] p-3"
      trigger={
        <button
          type="button"
          className="rounded-sm underline-offset-2 hover:text-fg hover:underline"
        >
          Context
        </button>
      }
    >
      <p className="mb-2 font-medium">What the model was sent</p>
      <CallContext runId={runId} />
    </Popover>
  );
}
