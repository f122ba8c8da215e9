'use client';

import { FlaskConical } from 'lucide-react';
import Link from 'next/link';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import type { Graph } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';
import { fieldsOf } from '@/lib/nodes/node-type/form-fields';

/** Whether a step that is on asks a model. */
export const asksModels = (graph: Graph): boolean =>
  [...graph.nodes.values()].some(({ type, disabled }) => {
    const known = disabled ? undefined : typeOf(type);
    return known ? fieldsOf(known.config).some(({ control }) => control.kind === 'model') : false;
  });

/** Said before a live run: the answers would not be those of a model. */
export function NoModelNotice({ onRehearse }: { onRehearse: () => void }) {
  const mayAdd = useCan('keys.manage');
  return (
    <div role="note" className="mb-3 rounded-md border bg-warning-soft px-3 py-2 text-sm">
      <p className="flex items-start gap-2">
        <FlaskConical aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
        No model is set up: answers of agents will be made up. Other steps run for real, but none
        sends a made-up answer to others.
      </p>
      <p className="mt-1.5 flex gap-1.5 pl-6">
        <Button size="sm" onClick={onRehearse}>
          Rehearse
        </Button>
        {mayAdd ? (
          <Button size="sm" variant="ghost" asChild>
            <Link href="/settings/models">Add a model</Link>
          </Button>
        ) : null}
      </p>
    </div>
  );
}
