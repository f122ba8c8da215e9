'use client';

import { useState } from 'react';
import { useServiceUses } from '@/components/data/service-queries';
import { EditService } from '@/components/services/edit-service';
import { RefreshService } from '@/components/services/refresh-service';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import type { Service } from '@/lib/services/contract';
import { DeleteService } from './delete-service';
import { SettingsRow } from './settings-section';

type Props = { service: Service; canManage: boolean };

/** A service of the workspace with where it is and who calls it, to change, refresh or delete. */
export function ServiceRow({ service, canManage }: Props) {
  const { id, name, title, version, serverUrl, operationCount, refreshedAt, connection } = service;
  const [editing, setEditing] = useState(false);
  const [refreshing, setRefreshing] = useState(false);
  const uses = useServiceUses(id).data?.items;
  return (
    <SettingsRow
      title={
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate">{name}</span>
          {title === name ? null : <Badge>{title}</Badge>}
          {version === null ? null : <span className="text-xs text-faint">{version}</span>}
        </span>
      }
      description={
        <>
          <span className="block font-mono break-all">{serverUrl}</span>
          <span className="block">
            {plural(operationCount, 'operation')}
            {uses === undefined ? null : (
              <span title={uses.map(({ workflowName }) => workflowName).join(', ')}>
                {' · '}
                {uses.length === 0 ? 'not in use' : `in ${plural(uses.length, 'workflow')}`}
              </span>
            )}
            {connection === null ? null : ` · as ${connection}`}
            {refreshedAt === null ? null : (
              <>
                {' · read '}
                <TimeAgo at={refreshedAt} />
              </>
            )}
          </span>
        </>
      }
    >
      {canManage ? (
        <div className="flex gap-2">
          <DeleteService service={service} uses={uses ?? []} />
          <Button size="sm" aria-label={`Refresh ${name}`} onClick={() => setRefreshing(true)}>
            Refresh
          </Button>
          <Button size="sm" aria-label={`Edit ${name}`} onClick={() => setEditing(true)}>
            Edit
          </Button>
        </div>
      ) : null}
      {editing ? <EditService service={service} onClose={() => setEditing(false)} /> : null}
      {refreshing ? (
        <RefreshService service={service} uses={uses ?? []} onClose={() => setRefreshing(false)} />
      ) : null}
    </SettingsRow>
  );
}
