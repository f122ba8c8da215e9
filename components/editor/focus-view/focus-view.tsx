'use client';

import { ChevronLeft, ChevronRight, Minimize2 } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useMemo, useState } from 'react';
import { NodeIcon } from '@/components/icons/node-icon';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { ResizeHandle, usePanelSize } from '@/components/ui/controls/panel-size';
import { useFocusReturn } from '@/components/ui/use-focus-return';
import { typeOf } from '@/lib/canvas/node-types';
import { inFlowOrder } from '@/lib/canvas/outline-rows';
import { NodeSettings } from '../inspector/node-settings';
import { InputPane } from './input-pane';
import { OutputPane } from './output-pane';

type Pane = 'input' | 'settings' | 'output';
const panes: readonly { value: Pane; label: string }[] = [
  { value: 'input', label: 'Input' },
  { value: 'settings', label: 'Settings' },
  { value: 'output', label: 'Output' },
];

/** A step over the whole screen: what it can use, its settings, what came out. Escape goes back. */
export function FocusView() {
  const session = useSession();
  const nodeId = useLocal((local) => local.focused);
  const node = useGraph((graph) => (nodeId === undefined ? undefined : graph.nodes.get(nodeId)));
  const { go } = useNeighbours(nodeId);
  const back = useFocusReturn();
  if (!node) return null;
  return (
    <Radix.Root open onOpenChange={() => session.actions.focusStep(undefined)}>
      <Radix.Portal>
        <Radix.Content
          aria-describedby={undefined}
          data-focus-view
          onCloseAutoFocus={back.closed}
          onOpenAutoFocus={(event) => {
            back.opened();
            event.preventDefault();
            const content = event.currentTarget as HTMLElement;
            const field = content.querySelector<HTMLElement>(
              '[data-field] .cm-content, [data-field] input',
            );
            (field ?? content).focus();
          }}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== 'PageUp' && event.key !== 'PageDown')) return;
            event.preventDefault();
            go(event.key === 'PageUp' ? -1 : 1);
          }}
          onEscapeKeyDown={(event) => {
            // A list of completions closes first.
            if (document.querySelector('.cm-tooltip-autocomplete')) event.preventDefault();
          }}
          className="fixed inset-0 z-40 flex animate-in flex-col bg-surface outline-none"
        >
          <Head nodeId={node.id} name={node.name} type={node.type} />
          <Panes key={node.id} nodeId={node.id} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The steps before and after one, in the order of the run. */
function useNeighbours(nodeId: string | undefined) {
  const session = useSession();
  // Nothing follows the workflow while no step fills the screen.
  const graph = useGraph((now) => (nodeId === undefined ? undefined : now));
  const steps = useMemo(() => (graph ? inFlowOrder(graph) : []), [graph]);
  const at = steps.findIndex((step) => step.id === nodeId);
  return {
    at,
    count: steps.length,
    go(by: 1 | -1) {
      const next = steps[at + by];
      if (!next) return;
      session.actions.select([next.id]);
      session.actions.reveal([next.id]);
      session.actions.focusStep(next.id);
    },
  };
}

function Head({ nodeId, name, type }: { nodeId: string; name: string; type: string }) {
  const { actions } = useSession();
  const { at, count, go } = useNeighbours(nodeId);
  const known = typeOf(type);
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b px-3">
      <NodeIcon icon={known?.icon} group={known?.group} size="sm" />
      <Radix.Title className="min-w-0 truncate text-sm font-medium">{name}</Radix.Title>
      <span className="text-xs text-faint max-sm:hidden">{known?.title}</span>
      <div className="flex-1" />
      <span className="text-xs text-faint tabular">
        {at + 1} of {count}
      </span>
      <IconButton
        label="Previous step"
        keys={['Alt', 'PageUp']}
        disabled={at <= 0}
        onClick={() => go(-1)}
      >
        <ChevronLeft />
      </IconButton>
      <IconButton
        label="Next step"
        keys={['Alt', 'PageDown']}
        disabled={at >= count - 1}
        onClick={() => go(1)}
      >
        <ChevronRight />
      </IconButton>
      <IconButton
        label="Back to the canvas"
        keys={['Escape']}
        onClick={() => actions.focusStep(undefined)}
      >
        <Minimize2 />
      </IconButton>
    </header>
  );
}

function Panes({ nodeId }: { nodeId: string }) {
  const [shown, setShown] = useState<Pane>('settings');
  const left = usePanelSize('ensemble.focus-left', 340, 220, 640);
  const right = usePanelSize('ensemble.focus-right', 420, 260, 800);
  return (
    <>
      {/* Narrow windows show one pane at a time. */}
      <nav aria-label="Panes" className="flex gap-1 border-b p-1.5 lg:hidden">
        {panes.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={value === shown}
            onClick={() => setShown(value)}
            className="h-7 flex-1 rounded-md text-sm text-muted hover:bg-hover aria-pressed:bg-active aria-pressed:text-fg"
          >
            {label}
          </button>
        ))}
      </nav>
      <div className="flex min-h-0 flex-1">
        <Column
          label="Input"
          shown={shown === 'input'}
          width={left.value}
          className="border-r lg:w-(--pane) lg:shrink-0"
        >
          <InputPane nodeId={nodeId} />
          <ResizeHandle size={left} edge="right" label="Width of the input" />
        </Column>
        <Column label="Settings" shown={shown === 'settings'} className="lg:flex-1">
          <div className="mx-auto w-full max-w-[760px]">
            <NodeSettings key={nodeId} nodeId={nodeId} />
          </div>
        </Column>
        <Column
          label="Output"
          shown={shown === 'output'}
          width={right.value}
          className="border-l lg:w-(--pane) lg:shrink-0"
        >
          <ResizeHandle size={right} edge="left" label="Width of the output" />
          <OutputPane nodeId={nodeId} />
        </Column>
      </div>
    </>
  );
}

type ColumnProps = {
  label: string;
  shown: boolean;
  width?: number;
  className?: string;
  children: ReactNode;
};

function Column({ label, shown, width, className, children }: ColumnProps) {
  return (
    <section
      aria-label={label}
      style={width === undefined ? undefined : ({ '--pane': `${width}px` } as React.CSSProperties)}
      className={cn(
        'relative flex min-h-0 min-w-0 flex-col max-lg:flex-1 max-lg:border-0',
        !shown && 'max-lg:hidden',
        className,
      )}
    >
      <h3 className="flex h-9 shrink-0 items-center border-b px-4 text-xs font-medium text-muted max-lg:hidden">
        {label}
      </h3>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </section>
  );
}
