'use client';

import { ValueView } from '@/components/records/value-view';
import { seenIn, useRunValues } from '@/components/runs/last-run';
import { useSession } from '@/components/session/session';
import { ReferenceTree } from '../inspector/reference-tree';

/** What a step can use, and what it was given in the last run. */
export function InputPane({ nodeId }: { nodeId: string }) {
  const session = useSession();
  useRunValues();
  const given = seenIn(session, nodeId, 'input');
  return (
    <div className="flex flex-col gap-4 p-3">
      <section aria-label="Available values">
        <p className="mb-2 text-xs text-faint">
          Click a value to insert it at the cursor, or drag it into a field.
        </p>
        <ReferenceTree nodeId={nodeId} />
      </section>
      {given ? (
        <section>
          <h4 className="mb-1.5 text-xs font-medium text-faint">
            {given.from === 'run' ? 'Input of this run' : 'Input of the last run'}
          </h4>
          <ValueView value={given.value} label="Input" openDepth={1} />
        </section>
      ) : null}
    </div>
  );
}
