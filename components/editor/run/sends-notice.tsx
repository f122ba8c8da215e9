'use client';

import { Send } from 'lucide-react';
import { Button } from '@/components/ui/controls/button';
import type { Graph } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';

/** Names of the steps that reach other people or systems for good: what they do cannot be taken back. */
export const sendingSteps = (graph: Graph): string[] =>
  [...graph.nodes.values()].flatMap((node) => {
    const effects = node.disabled ? undefined : typeOf(node.type)?.effects;
    // A draft may hold anything: what cannot be read yet is blocked as a problem.
    try {
      return effects?.(node.config) === 'once' ? [node.name] : [];
    } catch {
      return [];
    }
  });

const key = (workflowId: string, names: readonly string[]) =>
  `sends:${workflowId}:${[...names].sort().join('|')}`;

/** Whether this tab has said so of these steps before: nobody is asked at each run. */
export const wasTold = (workflowId: string, names: readonly string[]): boolean =>
  names.length === 0 || sessionStorage.getItem(key(workflowId, names)) !== null;
export const noteTold = (workflowId: string, names: readonly string[]): void =>
  sessionStorage.setItem(key(workflowId, names), 'told');

/** Said before the first live run of a draft that sends something. */
export function SendsNotice({ names, onRehearse }: { names: string[]; onRehearse: () => void }) {
  if (names.length === 0) return null;
  const list = new Intl.ListFormat('en').format(names.map((name) => `“${name}”`));
  return (
    <div role="note" className="mb-3 rounded-md border bg-warning-soft px-3 py-2 text-sm">
      <p className="flex items-start gap-2">
        <Send aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
        <span>
          This run is for real: {list} {names.length === 1 ? 'reaches' : 'reach'} others, also from
          a draft.
        </span>
      </p>
      <p className="mt-1.5 pl-6">
        <Button size="sm" onClick={onRehearse}>
          Rehearse instead
        </Button>
      </p>
    </div>
  );
}
