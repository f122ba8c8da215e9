'use client';

import { Handle, Position, useNodeConnections } from '@xyflow/react';
import { Plus } from 'lucide-react';
import { useCanEdit, useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { cardWidth, portMiddle } from '@/lib/canvas/geometry';
import type { Port } from '@/lib/nodes/node-type/define-node';
import { errorPort } from '@/lib/nodes/node-type/ports';
import type { StepState } from '@/lib/runs/schema';

const dot =
  '!size-3 !rounded-full !border-2 !border-surface !bg-faint transition-[background-color,scale] after:absolute after:-inset-2 hover:!bg-accent [&.connectingto.valid]:!bg-success [&.connectingfrom]:!bg-accent';

export function InputPort() {
  return (
    <Handle type="target" position={Position.Left} id="in" className={dot} style={{ top: 31 }} />
  );
}

type Props = {
  nodeId: string;
  port: Port;
  index: number;
  ports: readonly Port[];
  step: StepState | undefined;
};

/** An output with its label, and a `+` that adds the next step. */
export function OutputPort({ nodeId, port, index, ports, step }: Props) {
  const several = ports.length > 1;
  const middle = portMiddle(ports, index) - 1;
  const connections = useNodeConnections({ id: nodeId, handleType: 'source', handleId: port.id });
  const taken = step?.ports?.includes(port.id);
  const dead = step?.ports !== undefined && !taken;
  const error = port === errorPort;
  return (
    <>
      {several ? (
        <div
          className={cn(
            'port-name pointer-events-none absolute right-4 left-3 truncate text-right text-xs leading-6',
            error && !dead ? 'text-danger' : !taken && 'text-muted',
            taken && 'font-medium',
            taken && !error && 'text-success',
            dead && 'text-faint line-through',
          )}
          style={{ top: middle - 12 }}
        >
          {port.label || port.id}
        </div>
      ) : null}
      <Handle
        type="source"
        position={Position.Right}
        id={port.id}
        className={cn(dot, taken && '!bg-success', error && '!bg-danger')}
        style={{ top: middle }}
        role="img"
        aria-label={`Output ${port.label || port.id}`}
      />
      <AddNext nodeId={nodeId} port={port} middle={middle} open={connections.length === 0} />
    </>
  );
}

function AddNext({
  nodeId,
  port,
  middle,
  open,
}: {
  nodeId: string;
  port: Port;
  middle: number;
  open: boolean;
}) {
  const session = useSession();
  const canEdit = useCanEdit();
  if (!canEdit) return null;
  const add = (event: React.MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    session.actions.openPalette({
      screen: { x: box.right + 6, y: box.top - 12 },
      from: { nodeId, port: port.id },
    });
  };
  return (
    <div
      className={cn(
        'nodrag nopan absolute flex items-center transition-opacity duration-100',
        !open &&
          'pointer-events-none opacity-0 group-hover/card:pointer-events-auto group-hover/card:opacity-100',
      )}
      style={{ left: cardWidth + 5, top: middle - 9 }}
    >
      <span aria-hidden className="h-px w-3.5 bg-border-strong" />
      <button
        type="button"
        data-tour="add-next"
        aria-label={`Add a step after ${port.label || port.id}`}
        onClick={add}
        tabIndex={open ? 0 : -1}
        className="flex size-[18px] items-center justify-center rounded-[5px] border border-border-strong bg-surface text-faint hover:border-accent hover:bg-accent-soft hover:text-accent"
      >
        <Plus className="size-3" strokeWidth={2.25} />
      </button>
    </div>
  );
}
