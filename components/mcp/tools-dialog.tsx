'use client';

import { useId } from 'react';
import { useMcpServer, useUpdateMcpServer } from '@/components/data/mcp-queries';
import { useCan } from '@/components/shell/actor-context';
import { effects } from '@/components/tools/effects';
import { Switch } from '@/components/ui/controls/switch';
import { toastError } from '@/components/ui/controls/toast';
import { Badge } from '@/components/ui/display/badge';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { McpServer, McpServerDetail } from '@/lib/mcp/contract';

type Props = { server: McpServer; onClose: () => void };

/** The tools of a server as they were accepted, each in full, and those that were left out. */
export function ToolsDialog({ server, onClose }: Props) {
  const detail = useMcpServer(server.id);
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Tools of ${server.name}`}
      description="What the server says of them, as somebody accepted it. Agents read the same."
    >
      {detail.isPending ? (
        <div role="status" aria-label="Loading tools">
          <SkeletonRows rows={4} />
        </div>
      ) : detail.data === undefined ? (
        <ErrorState
          title="The tools could not be loaded"
          error={detail.error}
          onRetry={() => void detail.refetch()}
        />
      ) : (
        <Tools detail={detail.data} />
      )}
    </Dialog>
  );
}

function Tools({ detail }: { detail: McpServerDetail }) {
  const { tools, refused } = detail;
  return (
    <div className="space-y-4">
      {tools.length === 0 ? (
        <p className="text-sm text-muted">It has no tools that can be used.</p>
      ) : (
        <ul aria-label="Tools" className="divide-y rounded-md border">
          {tools.map((tool) => (
            <Tool key={tool.name} detail={detail} tool={tool} />
          ))}
        </ul>
      )}
      {refused.length === 0 ? null : (
        <section>
          <h3 className="mb-1.5 text-sm font-medium">Left out</h3>
          <ul className="space-y-1 text-xs text-muted">
            {refused.map(({ name, problem }) => (
              <li key={`${name} ${problem}`}>
                <span className="font-mono text-fg">{name}</span>: {problem}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

type Shown = McpServerDetail['tools'][number];

function Tool({ detail, tool }: { detail: McpServerDetail; tool: Shown }) {
  const { name, title, toolName, description, hints, reads, heldBack } = tool;
  const label = useId();
  const mayTrust = useCan('workspace.manage');
  const update = useUpdateMcpServer();
  const effect = effects[reads ? 'read' : 'once'];
  const trust = (only: boolean) => {
    const now = detail.tools.flatMap((one) => (one.reads ? [one.name] : []));
    const others = now.filter((one) => one !== name);
    update.mutate(
      { id: detail.id, reads: only ? [...others, name] : others, was: { reads: now } },
      { onError: (error) => toastError('This was not saved', error) },
    );
  };
  return (
    <li className="space-y-1.5 px-3 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-0 font-medium break-words">{title}</span>
        <Badge tone={effect.tone} title={effect.says}>
          {effect.label}
        </Badge>
        {!reads && hints.destructive ? <Badge tone="outline">May delete</Badge> : null}
        <span className="ml-auto font-mono text-2xs break-all text-faint">{toolName}</span>
      </div>
      {heldBack === null ? null : <p className="text-xs text-warning">{heldBack}</p>}
      <p className="max-h-40 overflow-auto text-xs break-words whitespace-pre-wrap text-muted">
        {description || 'No description.'}
      </p>
      {hints.readOnly ? (
        <div className="flex items-center gap-2 text-xs">
          <Switch
            aria-labelledby={label}
            checked={reads}
            disabled={!mayTrust || update.isPending}
            onCheckedChange={trust}
          />
          <span id={label}>
            {`The server says that ${name} only reads: believe it, and do not ask before each call.`}
            {mayTrust ? null : <span className="text-faint"> Only admins may say so.</span>}
          </span>
        </div>
      ) : null}
    </li>
  );
}
