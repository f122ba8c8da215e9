'use client';

import { useState } from 'react';
import { ConnectionDialog } from '@/components/connections/connection-dialog';
import { kindTitles } from '@/components/connections/kinds';
import { isTestable } from '@/components/connections/testable';
import { useConnectionUses, useTestConnection } from '@/components/data/connection-queries';
import { useMembers } from '@/components/data/people-queries';
import { Button } from '@/components/ui/controls/button';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import type { Connection } from '@/lib/connections/contract';
import { hostsOf } from '@/lib/connections/schema';
import { DeleteConnection } from './delete-connection';
import { SettingsRow } from './settings-section';
import { SignInCard } from './sign-in-card';

type Props = { connection: Connection; canManage: boolean };

/** A connection with its hosts and uses, to test, change or delete. */
export function ConnectionRow({ connection, canManage }: Props) {
  const { id, name, kind } = connection;
  const [editing, setEditing] = useState(false);
  const test = useTestConnection();
  return (
    <SettingsRow
      title={
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate">{name}</span> <Badge>{kindTitles[kind]}</Badge>
        </span>
      }
      description={
        <>
          <span className="block font-mono break-all">{hostsOf(connection).join(', ')}</span>
          <Facts connection={connection} />
          <SignInCard connection={connection} canManage={canManage} />
          <span
            role="status"
            className={test.data?.ok ? 'block text-success' : 'block text-danger'}
          >
            {test.data?.message ?? test.error?.message}
          </span>
        </>
      }
    >
      {canManage ? (
        <div className="flex gap-2">
          <DeleteConnection connection={connection} />
          {!isTestable(connection) ? null : (
            <Button
              size="sm"
              aria-label={`Test ${name}`}
              loading={test.isPending}
              onClick={() => test.mutate(id)}
            >
              Test
            </Button>
          )}
          <Button size="sm" aria-label={`Edit ${name}`} onClick={() => setEditing(true)}>
            Edit
          </Button>
        </div>
      ) : null}
      {editing ? (
        <ConnectionDialog connection={connection} onClose={() => setEditing(false)} />
      ) : null}
    </SettingsRow>
  );
}

function Facts({
  connection: { id, lastUsedAt, secretAt, allowedWorkflowIds, allowedUserIds },
}: Pick<Props, 'connection'>) {
  const uses = useConnectionUses(id).data;
  const names = uses?.map(({ workflowName }) => workflowName).join(', ');
  return (
    <span className="block">
      {uses === undefined ? null : (
        <>
          <span title={names}>
            {uses.length === 0 ? 'not in use' : `in ${plural(uses.length, 'workflow')}`}
          </span>
          {' · '}
        </>
      )}
      {lastUsedAt === null ? (
        'never used'
      ) : (
        <>
          last used <TimeAgo at={lastUsedAt} />
        </>
      )}
      {' · secret entered '}
      <TimeAgo at={secretAt} />
      {allowedWorkflowIds === null
        ? null
        : ` · only for ${plural(allowedWorkflowIds.length, 'workflow')}`}
      {allowedUserIds === null ? null : <AllowedNames ids={allowedUserIds} />}
    </span>
  );
}

/** Who alone may put it to use; people who left have no name any more. */
function AllowedNames({ ids }: { ids: readonly string[] }) {
  const members = useMembers().data?.items ?? [];
  const names = ids.flatMap((id) => members.find(({ userId }) => userId === id)?.name ?? []);
  const list = new Intl.ListFormat('en').format(names);
  return <> · used by {names.length === 0 ? plural(ids.length, 'person', 'people') : list} only</>;
}
