'use client';

import { splitEdges } from '@/components/session/actions/add-step';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import type { PaletteRequest } from '@/components/session/state/local-state';
import { Segments } from '@/components/ui/controls/segments';
import { Popover } from '@/components/ui/overlays/popover';
import { PaletteList } from './palette-list';

/** The palette where it was opened: at a `+`, at the end of a dropped edge, or in the middle. */
export function Palette() {
  const { actions } = useSession();
  const request = useLocal((local) => local.palette);
  if (!request) return null;
  const fits = request.from || request.edgeId ? 'after' : request.to ? 'before' : undefined;
  return (
    <Popover
      open
      label="Add a step"
      side="right"
      className="w-72 p-0"
      onOpenChange={(open) => {
        if (!open) actions.closePalette();
      }}
      trigger={
        <span
          aria-hidden
          className="pointer-events-none fixed size-px"
          style={{ left: request.screen.x, top: request.screen.y }}
        />
      }
    >
      <PaletteList fits={fits} autoFocus onChoose={(type) => actions.addStep(type)} />
      {request.from ? <BeforeOrBeside request={request} /> : null}
    </Popover>
  );
}

/** Where something follows already: whether the new step comes before it, or is a branch beside it. */
function BeforeOrBeside({ request }: { request: PaletteRequest }) {
  const { actions } = useSession();
  const next = useGraph((graph) => {
    const edges = splitEdges(graph, { ...request, insert: true });
    const [edge] = edges;
    if (!edge) return '';
    return edges.length > 1 ? `${edges.length} steps` : (graph.nodes.get(edge.target)?.name ?? '');
  });
  if (next === '') return null;
  return (
    <div className="border-t p-2">
      <Segments
        aria-label="Where the step goes"
        value={request.insert ? 'before' : 'beside'}
        options={[
          { value: 'before', label: `Before ${next}` },
          { value: 'beside', label: 'As a branch' },
        ]}
        onValueChange={(value) => actions.insertBefore(value === 'before')}
      />
    </div>
  );
}
