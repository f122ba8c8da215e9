'use client';

import { useState } from 'react';
import { useDeleteMcpServer, useMcpServer } from '@/components/data/mcp-queries';
import { DeleteRecord } from '@/components/records/delete-record';
import type { McpServer } from '@/lib/mcp/contract';

/** Deletes an MCP server after saying which agents go on without its tools. */
export function DeleteServer({ server: { id, name } }: { server: McpServer }) {
  const [asked, setAsked] = useState(false);
  const remove = useDeleteMcpServer();
  const agents = useMcpServer(id, asked).data?.agents;
  const names = (agents ?? []).map((agent) => `“${agent.name}”`).join(', ');
  return (
    <DeleteRecord
      name={name}
      what="server"
      description={
        agents === undefined
          ? 'Looking for agents that use it…'
          : agents.length === 0
            ? 'No agent has its tools. Connections stay.'
            : `These agents lose its tools: ${names}. Connections stay.`
      }
      pending={remove.isPending || agents === undefined}
      onAsk={() => setAsked(true)}
      // What is shown here is what is agreed to: agents that came since are refused.
      onDelete={() => remove.mutateAsync({ id, force: (agents ?? []).length > 0 })}
    />
  );
}
