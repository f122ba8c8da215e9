'use client';

import { useState } from 'react';
import { useDeleteMcpServer, useMcpServer } from '@/components/data/mcp-queries';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { McpServer } from '@/lib/mcp/contract';

/** Deletes an MCP server after saying which agents go on without its tools. */
export function DeleteServer({ server: { id, name } }: { server: McpServer }) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteMcpServer();
  const agents = useMcpServer(id, asking).data?.agents;
  const names = (agents ?? []).map((agent) => `“${agent.name}”`).join(', ');
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Delete ${name}`}
        onClick={() => setAsking(true)}
      >
        Delete
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${name}?`}
        description={
          agents === undefined
            ? 'Looking for agents that use it…'
            : agents.length === 0
              ? 'No agent has its tools. Connections stay.'
              : `These agents lose its tools: ${names}. Connections stay.`
        }
        confirmLabel="Delete server"
        pending={remove.isPending || agents === undefined}
        onConfirm={() =>
          // What is shown here is what is agreed to: agents that came since are refused.
          remove.mutateAsync({ id, force: (agents ?? []).length > 0 }).then(
            () => toast.success(`${name} was deleted`),
            (error: unknown) => {
              toastError('The server was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
