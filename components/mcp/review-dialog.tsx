'use client';

import { useAcceptMcpServer, useMcpServer } from '@/components/data/mcp-queries';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { McpServer, McpServerDetail } from '@/lib/mcp/contract';
import { ToolChange } from './tool-change';

type Props = { server: McpServer; canManage: boolean; onClose: () => void };

/** What a server has changed since it was accepted, old beside new, to be accepted as a whole. */
export function ReviewDialog({ server, canManage, onClose }: Props) {
  const { id, name } = server;
  const detail = useMcpServer(id);
  const accept = useAcceptMcpServer();
  const drift = detail.data?.drift ?? undefined;
  const take = () => {
    if (drift === undefined) return;
    accept.mutate(
      { id, print: drift.print },
      {
        onSuccess: () => {
          toast.success(`The changes of ${name} were accepted`);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Changes of ${name}`}
      description="Agents read these descriptions as they stand. Look for instructions that have no place in a description."
      footer={
        canManage ? (
          <>
            <Button onClick={onClose}>Leave it held back</Button>
            <Button
              variant="primary"
              disabled={drift === undefined}
              loading={accept.isPending}
              onClick={take}
            >
              Accept all changes
            </Button>
          </>
        ) : null
      }
    >
      {detail.isPending ? (
        <div role="status" aria-label="Loading changes">
          <SkeletonRows rows={4} />
        </div>
      ) : detail.data === undefined ? (
        <ErrorState
          title="The changes could not be loaded"
          error={detail.error}
          onRetry={() => void detail.refetch()}
        />
      ) : drift === undefined ? (
        <p className="text-sm text-muted">Nothing waits to be accepted any more.</p>
      ) : (
        <Changes drift={drift} />
      )}
      {accept.error ? (
        <p role="alert" className="mt-3 text-sm text-danger">
          {accept.error.message}
        </p>
      ) : null}
    </Dialog>
  );
}

function Changes({ drift }: { drift: NonNullable<McpServerDetail['drift']> }) {
  return (
    <ul aria-label="Changes" className="space-y-4">
      {drift.changed.map(({ before, after }) => (
        <li key={after.name} className="space-y-2">
          <Head name={after.name} tone="warning" word="Changed" />
          <ToolChange before={before} after={after} />
        </li>
      ))}
      {drift.added.map((tool) => (
        <li key={tool.name} className="space-y-2">
          <Head name={tool.name} tone="success" word="New" />
          <ToolChange after={tool} />
        </li>
      ))}
      {drift.removed.map((tool) => (
        <li key={tool.name}>
          <Head name={tool.name} tone="danger" word="Gone" />
        </li>
      ))}
    </ul>
  );
}

type HeadProps = { name: string; tone: 'warning' | 'success' | 'danger'; word: string };

function Head({ name, tone, word }: HeadProps) {
  return (
    <h3 className="flex items-center gap-2 text-sm font-medium">
      <Badge tone={tone}>{word}</Badge>
      <span className="min-w-0 font-mono text-xs break-all">{name}</span>
    </h3>
  );
}
