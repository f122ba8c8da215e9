'use client';

import { useState } from 'react';
import { useRefreshMcpServer } from '@/components/data/mcp-queries';
import { SettingsRow } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import type { McpServer } from '@/lib/mcp/contract';
import { DeleteServer } from './delete-server';
import { ReviewDialog } from './review-dialog';
import { ServerDialog } from './server-dialog';
import { ToolsDialog } from './tools-dialog';

type Props = { server: McpServer; canManage: boolean };
type Opened = 'tools' | 'review' | 'edit';

/** An MCP server: where it is, how it went when it was last tried, and what waits to be accepted. */
export function ServerRow({ server, canManage }: Props) {
  const { id, name, title, version, url, connection, protocol, problem, triedAt } = server;
  const { toolCount, refusedCount, driftCount } = server;
  const [opened, setOpened] = useState<Opened>();
  const refresh = useRefreshMcpServer();
  const close = () => setOpened(undefined);
  const ask = () =>
    refresh.mutate(id, {
      onSuccess: (now) =>
        now.driftCount === 0
          ? toast.success(`${name} has the tools that were accepted`)
          : toast.info(`${name} has changed: ${plural(now.driftCount, 'tool')} to review`),
      onError: (error) => toastError(`${name} could not be asked`, error),
    });
  return (
    <SettingsRow
      title={
        <span className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="min-w-0 truncate">{name}</span>
          {title === name ? null : <Badge>{title}</Badge>}
          {version === null ? null : <span className="text-xs text-faint">{version}</span>}
          {problem === null ? (
            <Badge tone="success">Works</Badge>
          ) : (
            <Badge tone="danger">Failed</Badge>
          )}
          {driftCount > 0 ? (
            <Badge tone="warning">{plural(driftCount, 'change')} to review</Badge>
          ) : null}
        </span>
      }
      description={
        <>
          <span className="block font-mono break-all">{url}</span>
          <span className="block">
            {plural(toolCount, 'tool')}
            {refusedCount > 0 ? ` · ${refusedCount} left out` : null}
            {connection === null ? null : ` · as ${connection}`}
            {` · MCP ${protocol} · tried `}
            <TimeAgo at={triedAt} />
          </span>
          {problem === null ? null : <span className="block text-danger">{problem}</span>}
        </>
      }
    >
      <div className="flex flex-wrap gap-2">
        {canManage ? <DeleteServer server={server} /> : null}
        {canManage ? (
          <Button
            size="sm"
            aria-label={`Refresh ${name}`}
            loading={refresh.isPending}
            onClick={ask}
          >
            Refresh
          </Button>
        ) : null}
        {canManage ? (
          <Button size="sm" aria-label={`Edit ${name}`} onClick={() => setOpened('edit')}>
            Edit
          </Button>
        ) : null}
        <Button size="sm" aria-label={`Tools of ${name}`} onClick={() => setOpened('tools')}>
          Tools
        </Button>
        {driftCount > 0 ? (
          <Button
            size="sm"
            variant="primary"
            aria-label={`Review changes of ${name}`}
            onClick={() => setOpened('review')}
          >
            Review
          </Button>
        ) : null}
      </div>
      {opened === 'edit' ? <ServerDialog server={server} onClose={close} /> : null}
      {opened === 'tools' ? <ToolsDialog server={server} onClose={close} /> : null}
      {opened === 'review' ? (
        <ReviewDialog server={server} canManage={canManage} onClose={close} />
      ) : null}
    </SettingsRow>
  );
}
