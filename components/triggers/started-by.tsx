'use client';

import { useTriggers } from '@/components/data/trigger-queries';
import { useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { showTriggers } from './parts/panel-state';
import { triggerIcon } from './parts/trigger-kinds';
import { triggerName } from './parts/trigger-words';

/** In the start step's settings: what starts the workflow besides people and the API. */
export function StartedBy() {
  const { workflowId } = useSession();
  const { data } = useTriggers(workflowId);
  const items = data?.items ?? [];
  return (
    <section aria-label="Started by" className="flex flex-col gap-2 border-t pt-3">
      <div className="flex items-center gap-2">
        <h3 className="text-sm font-medium">Started by</h3>
        <Button size="sm" className="ml-auto" onClick={() => showTriggers({ view: 'list' })}>
          Triggers
        </Button>
      </div>
      <ul className="flex flex-col gap-1 text-xs text-muted">
        <li>Manual and API</li>
        {items.map((one) => {
          const Icon = triggerIcon(one.kind);
          return (
            <li key={one.id} className="flex items-center gap-1.5">
              <Icon aria-hidden className="size-3 shrink-0 text-faint" />
              <span className="min-w-0 truncate">{triggerName(one)}</span>
              {one.enabled ? null : <Badge>Off</Badge>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
