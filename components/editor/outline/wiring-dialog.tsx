'use client';

import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { NodeIcon } from '@/components/icons/node-icon';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { Field } from '@/components/ui/controls/field';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Select } from '@/components/ui/controls/select';
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/overlays/command';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { DraftNode, Graph } from '@/lib/canvas/graph';
import { closesLoop } from '@/lib/canvas/graph-walk';
import { crosses } from '@/lib/canvas/layout/containers';
import { drawingOf, typeOf } from '@/lib/canvas/node-types';
import { inFlowOrder } from '@/lib/canvas/outline-rows';

/** Makes and cuts a step's wires without a pointer. Mounted once; open while a step is being wired. */
export function WiringDialog() {
  const { actions } = useSession();
  const nodeId = useLocal((local) => local.wiring);
  const node = useGraph((graph) => (nodeId === undefined ? undefined : graph.nodes.get(nodeId)));
  if (!node) return null;
  return (
    <Dialog
      open
      size="sm"
      title={`Wires of ${node.name}`}
      onOpenChange={() => actions.wire(undefined)}
    >
      <Wiring key={node.id} node={node} />
    </Dialog>
  );
}

/** Steps that an output can be connected to: not there yet, and no circle. */
function targetsOf(graph: Graph, node: DraftNode, port: string): DraftNode[] {
  const edges = [...graph.edges.values()];
  return inFlowOrder(graph).filter((other) => {
    if (other.id === node.id || !drawingOf(other).accepts) return false;
    const same = edges.some(
      (edge) => edge.source === node.id && edge.sourcePort === port && edge.target === other.id,
    );
    return !same && !crosses(graph, node.id, other.id) && !closesLoop(edges, node.id, other.id);
  });
}

function Wiring({ node }: { node: DraftNode }) {
  const session = useSession();
  const graph = useGraph((now) => now);
  const { ports } = drawingOf(node);
  const [port, setPort] = useState(ports[0]?.id ?? 'out');
  const targets = useMemo(() => targetsOf(graph, node, port), [graph, node, port]);
  return (
    <div className="flex flex-col gap-3">
      <Existing node={node} graph={graph} />
      {ports.length > 1 ? (
        <Field label="From output">
          <Select
            value={port}
            onValueChange={setPort}
            options={ports.map(({ id, label }) => ({ value: id, label: label || id }))}
          />
        </Field>
      ) : null}
      <Command label="Connect to" className="rounded-md border">
        <CommandInput
          placeholder="Connect to…"
          aria-label="Connect to"
          data-autofocus
          className="h-9 text-sm"
        />
        <CommandList className="max-h-56">
          <CommandEmpty>
            {targets.length === 0 ? 'No steps left to connect to.' : 'No matching step.'}
          </CommandEmpty>
          <CommandGroup>
            {targets.slice(0, 200).map((target) => {
              const type = typeOf(target.type);
              return (
                <CommandItem
                  key={target.id}
                  value={`${target.name} ${target.id}`}
                  onSelect={() => {
                    session.actions.connect({
                      source: node.id,
                      sourceHandle: port,
                      target: target.id,
                      targetHandle: 'in',
                    });
                    session.announcement.set(`${node.name} is connected to ${target.name}`);
                    session.actions.wire(undefined);
                  }}
                >
                  <NodeIcon icon={type?.icon} group={type?.group} size="sm" />
                  <span className="truncate">{target.name}</span>
                </CommandItem>
              );
            })}
          </CommandGroup>
        </CommandList>
      </Command>
    </div>
  );
}

function Existing({ node, graph }: { node: DraftNode; graph: Graph }) {
  const session = useSession();
  const { ports } = drawingOf(node);
  const edges = [...graph.edges.values()].filter(
    (edge) => edge.source === node.id || edge.target === node.id,
  );
  if (edges.length === 0) return null;
  return (
    <ul aria-label="Wires" className="flex flex-col rounded-md border">
      {edges.map((edge) => {
        const leaves = edge.source === node.id;
        const other = graph.nodes.get(leaves ? edge.target : edge.source)?.name ?? 'a step';
        const label = ports.find((each) => each.id === edge.sourcePort)?.label;
        const Icon = leaves ? ArrowRight : ArrowLeft;
        return (
          <li
            key={edge.id}
            className="flex h-8 items-center gap-2 border-b px-2 text-sm last:border-b-0"
          >
            <Icon className="size-3.5 shrink-0 text-faint" aria-hidden />
            <span className="sr-only">{leaves ? 'to' : 'from'}</span>
            <span className="min-w-0 flex-1 truncate">{other}</span>
            {leaves && ports.length > 1 ? (
              <span className="shrink-0 text-xs text-faint">{label}</span>
            ) : null}
            <IconButton
              size="sm"
              label={leaves ? `Disconnect from ${other}` : `Remove the wire to ${other}`}
              onClick={() => {
                session.actions.remove([], [edge.id]);
                session.actions.select([node.id]);
              }}
            >
              <X />
            </IconButton>
          </li>
        );
      })}
    </ul>
  );
}
