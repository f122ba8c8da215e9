'use client';

import { useConnection, useStore, ViewportPortal } from '@xyflow/react';
import { wire } from '@/components/session/actions/add-step';
import { useSession } from '@/components/session/session';
import { connectionProblem } from '@/lib/workflows/edits/edits';

/** Says at the end of a wire that is being drawn why it cannot be connected there. */
export function ConnectionHint() {
  const { copy } = useSession();
  const zoom = useStore((state) => state.transform[2]);
  const { inProgress, isValid, fromHandle, toHandle, to } = useConnection();
  if (!inProgress || isValid !== false || !fromHandle || !toHandle) return null;
  if (fromHandle.type === toHandle.type) return null;
  const [source, target] =
    fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
  const reason = connectionProblem(
    copy.draft,
    wire('', source.nodeId, source.id ?? 'out', target.nodeId),
  );
  if (reason === undefined) return null;
  return (
    <ViewportPortal>
      <p
        role="status"
        className="pointer-events-none absolute top-0 left-0 w-max max-w-72 origin-top-left rounded-md border border-danger/50 bg-raised px-2 py-1 text-xs text-danger shadow-sm"
        style={{
          transform: `translate(${to?.x ?? 0}px, ${to?.y ?? 0}px) scale(${1 / zoom}) translate(12px, 12px)`,
          zIndex: 1001,
        }}
      >
        {reason}
      </p>
    </ViewportPortal>
  );
}
