'use client';

import { Plus, ServerCog } from 'lucide-react';
import { useState } from 'react';
import { useMcpServers } from '@/components/data/mcp-queries';
import { SettingsPage, SettingsSection } from '@/components/settings/settings-section';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { ServerDialog } from './server-dialog';
import { ServerRow } from './server-row';

/** MCP servers whose tools agents can use. */
export function McpServersPage() {
  const canManage = useCan('services.manage');
  const list = useMcpServers();
  const [adding, setAdding] = useState(false);
  const items = list.data?.items;
  return (
    <SettingsPage
      title="MCP servers"
      help="/docs/mcp-servers"
      description="Servers whose tools your agents can use. What a server changes waits until somebody accepts it."
      actions={
        canManage ? (
          <Button variant="primary" size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add server
          </Button>
        ) : null
      }
    >
      {list.isPending ? (
        <div
          role="status"
          aria-label="Loading MCP servers"
          className="overflow-hidden rounded-lg border"
        >
          <SkeletonRows rows={3} className="-mb-px" />
        </div>
      ) : items === undefined ? (
        <ErrorState
          title="The MCP servers could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      ) : items.length === 0 ? (
        <div className="rounded-lg border">
          <EmptyState
            icon={<ServerCog aria-hidden />}
            title="No MCP servers yet"
            actions={
              canManage ? <Button onClick={() => setAdding(true)}>Add an MCP server</Button> : null
            }
          >
            Enter the address of a server that speaks the Model Context Protocol over HTTP. Its
            tools can then be given to agents.
          </EmptyState>
        </div>
      ) : (
        <SettingsSection>
          {items.map((server) => (
            <ServerRow key={server.id} server={server} canManage={canManage} />
          ))}
        </SettingsSection>
      )}
      {adding ? <ServerDialog onClose={() => setAdding(false)} /> : null}
    </SettingsPage>
  );
}
