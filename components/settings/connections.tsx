'use client';

import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { ConnectionDialog } from '@/components/connections/connection-dialog';
import { useConnections } from '@/components/data/connection-queries';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { ConnectionRow } from './connection-row';
import { SettingsPage, SettingsSection } from './settings-section';

/** Credentials for services outside: what there is, where it may go, who uses it. */
export function Connections() {
  const canRead = useCan('connections.read');
  const canManage = useCan('connections.manage');
  const list = useConnections(canRead);
  const [adding, setAdding] = useState(false);
  const add = canManage ? (
    <Button variant="primary" size="sm" onClick={() => setAdding(true)}>
      <Plus aria-hidden /> Add connection
    </Button>
  ) : null;
  return (
    <SettingsPage
      title="Connections"
      help="/docs/connections"
      description={
        canManage
          ? 'Credentials for the services that your workflows call. Secrets are encrypted and never shown again.'
          : 'Credentials for the services that your workflows call. Only admins can add or change them.'
      }
      actions={add}
    >
      {!canRead ? (
        <p className="text-muted">Connections are shown to editors and admins.</p>
      ) : list.isPending ? (
        <div
          role="status"
          aria-label="Loading connections"
          className="overflow-hidden rounded-lg border"
        >
          <SkeletonRows rows={3} className="-mb-px" />
        </div>
      ) : list.data === undefined ? (
        <ErrorState
          title="The connections could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : list.data.items.length === 0 ? (
        <div className="rounded-lg border">
          <EmptyState
            icon={<KeyRound aria-hidden />}
            title="No connections yet"
            actions={
              canManage ? <Button onClick={() => setAdding(true)}>Add a connection</Button> : null
            }
          >
            An HTTP step uses one by its name, so that no key stands in a workflow.
          </EmptyState>
        </div>
      ) : (
        <SettingsSection>
          {list.data.items.map((connection) => (
            <ConnectionRow key={connection.id} connection={connection} canManage={canManage} />
          ))}
        </SettingsSection>
      )}
      {adding ? <ConnectionDialog onClose={() => setAdding(false)} /> : null}
    </SettingsPage>
  );
}
