'use client';

import { useState } from 'react';
import {
  useAgentInstances,
  useAgentStatuses,
  useMaintenance,
  useStatusChanges,
} from '@/components/data/tool-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import { MaintenanceDialog } from './maintenance-dialog';
import { StatusStrip } from './status-strip';
import { statusMarks } from './texts';

/** How an agent stands, since when and because of what; how it came to that, and where it can work. */
export function AgentStatusPanel({ id, name }: { id: string; name: string }) {
  const found = useAgentStatuses().data?.items.find((each) => each.id === id);
  const changes = useStatusChanges(id).data?.items ?? [];
  const [open, setOpen] = useState(false);
  if (found === undefined) return null;
  const { tone, label } = statusMarks[found.status];
  const { running, capacity, queued } = found.load;
  return (
    <section aria-label="Status" className="space-y-3 rounded-lg border p-3.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Badge tone={tone}>{label}</Badge>
        <span className="min-w-40 flex-1 text-sm">
          {found.cause}{' '}
          <span className="text-xs text-faint">
            <TimeAgo at={found.since} />
          </span>
        </span>
        <span className="text-xs text-muted tabular">
          {running} of {plural(capacity, 'task')}
          {queued > 0 ? ` · ${plural(queued, 'message')} waiting` : ''}
        </span>
        <Maintenance id={id} name={name} on={found.maintenance !== null} />
      </div>
      <StatusStrip changes={changes} />
      <Button
        size="sm"
        variant="ghost"
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        {open ? 'Hide history' : 'Show history'}
      </Button>
      {open ? (
        <>
          <ol
            aria-label="Changes of status"
            className="max-h-64 divide-y overflow-y-auto rounded-md border text-xs"
          >
            {changes.map((change) => (
              <li key={change.number} className="flex items-center gap-2.5 px-2.5 py-1.5">
                <span
                  aria-hidden
                  className={`size-2 shrink-0 rounded-full ${statusMarks[change.status].fill}`}
                />
                <span className="w-24 shrink-0">{statusMarks[change.status].label}</span>
                <span className="min-w-0 flex-1 text-muted break-words">{change.cause}</span>
                <TimeAgo at={change.at} className="shrink-0 text-faint tabular" />
              </li>
            ))}
          </ol>
          <Instances id={id} />
        </>
      ) : null}
    </section>
  );
}

function Maintenance({ id, name, on }: { id: string; name: string; on: boolean }) {
  const editable = useCan('agents.edit');
  const change = useMaintenance(id);
  const [asking, setAsking] = useState(false);
  if (!editable) return null;
  if (!on) {
    return (
      <>
        <Button size="sm" onClick={() => setAsking(true)}>
          Take out of service…
        </Button>
        {asking ? (
          <MaintenanceDialog
            name={name}
            pending={change.isPending}
            error={change.error?.message}
            onStart={(reason) => change.mutate(reason, { onSuccess: () => setAsking(false) })}
            onClose={() => setAsking(false)}
          />
        ) : null}
      </>
    );
  }
  return (
    <Button
      size="sm"
      loading={change.isPending}
      onClick={() =>
        change.mutate(undefined, {
          onError: (error) => toastError(`${name} was not put back into service`, error),
        })
      }
    >
      Put back into service
    </Button>
  );
}

function Instances({ id }: { id: string }) {
  const { data } = useAgentInstances(id, { enabled: true });
  if (data === undefined) return null;
  if (data.items.length === 0) {
    return <p className="text-xs text-faint">No worker process is running.</p>;
  }
  return (
    <ul aria-label="Worker processes" className="divide-y rounded-md border text-xs">
      {data.items.map(({ id: worker, name, state, startedAt, load }) => (
        <li key={worker} className="flex items-center gap-2.5 px-2.5 py-1.5">
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="text-muted">{state}</span>
          <span className="text-muted tabular">{plural(load.tasks, 'task')}</span>
          <span className="text-faint">
            started <TimeAgo at={startedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
