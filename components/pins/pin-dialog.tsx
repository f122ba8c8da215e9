'use client';

import { useState } from 'react';
import { outputOf } from '@/components/expressions/names';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { JsonEditor } from '@/components/text-editor/json-editor';
import { readJson } from '@/components/text-editor/read-json';
import { Button } from '@/components/ui/controls/button';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { DraftNode } from '@/lib/canvas/graph';
import { beginnings, refsIn } from '@/lib/runs/blobs';
import { workflowLimits } from '@/lib/workflows/schema';

/** Edits the output that a step gives in rehearsals. */
export function PinDialog() {
  const nodeId = useLocal((local) => local.pinning);
  const node = useGraph((graph) => (nodeId === undefined ? undefined : graph.nodes.get(nodeId)));
  const { actions } = useSession();
  return (
    <Dialog
      open={node !== undefined}
      onOpenChange={(open) => {
        if (!open) actions.editPin(undefined);
      }}
      title={`Pinned output of ${node?.name ?? 'this step'}`}
    >
      {node ? <Edit key={node.id} node={node} /> : null}
    </Dialog>
  );
}

/** Begins with what is pinned, else with what came out last, else with an example of what will. */
function Edit({ node }: { node: DraftNode }) {
  const session = useSession();
  const { actions } = session;
  const { id: nodeId, pinnedOutput: output } = node;
  const [given] = useState(() => output ?? outputOf(session, node).value ?? {});
  const [text, setText] = useState(() => JSON.stringify(beginnings(given), null, 2));
  const [error, setError] = useState<string>();
  const save = () => {
    const result = readJson(text);
    const reason = 'error' in result ? result.error : actions.pin(nodeId, result.value);
    setError(reason);
    if (reason === undefined) actions.editPin(undefined);
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">
        Rehearsals use this output instead of running the step. Live runs ignore it.
        {refsIn(given).length > 0 ? ' The output is too large to pin. This is its beginning.' : ''}
      </p>
      <JsonEditor
        label="Output as JSON"
        value={text}
        onChange={setText}
        minHeight={160}
        maxHeight={360}
        error={error}
        hint={`At most ${workflowLimits.pinnedOutput.toLocaleString('en')} characters of JSON.`}
      />
      <div className="flex justify-end gap-2">
        {output === undefined ? null : (
          <Button
            variant="ghost"
            className="mr-auto text-danger"
            onClick={() => {
              actions.pin(nodeId, undefined);
              actions.editPin(undefined);
            }}
          >
            Unpin
          </Button>
        )}
        <Button onClick={() => actions.editPin(undefined)}>Cancel</Button>
        <Button variant="primary" onClick={save}>
          Pin this output
        </Button>
      </div>
    </div>
  );
}
