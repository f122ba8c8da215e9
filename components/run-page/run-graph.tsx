'use client';

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { StatusDot, statusLabel } from '@/components/icons/status-dot';
import { ChildrenProgress } from '@/components/runs/children-progress';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/display/skeleton';
import { useNow } from '@/components/ui/display/time-ago';
import { formatDuration } from '@/components/ui/format';
import { cardSize, layoutPlan, type PlacedGraph } from '@/lib/canvas/layout/run-layout';
import { errorPort } from '@/lib/nodes/node-type/ports';
import type { RunSummary, StepView } from '@/lib/runs/contract';
import type { Plan, StepStatus } from '@/lib/runs/schema';
import { useDrawnPositions } from './use-drawn-positions';

type Props = {
  runId: string;
  plan: Plan | undefined;
  /** Whose version it is: the editor knows its positions. */
  run: Pick<RunSummary, 'workflowId' | 'version'>;
  steps: StepView[];
  selected: string | undefined;
  onSelect: (stepId: string) => void;
  /** Steps that stand out: those that differ from another run. */
  marked?: ReadonlySet<string>;
};

const edgeColours: Partial<Record<StepStatus, string>> = {
  succeeded: 'stroke-faint',
  running: 'stroke-info',
  failed: 'stroke-danger',
};

/** The graph of a run, frozen as it ran, with the states of its steps. */
export function RunGraph({ runId, plan, run, steps, selected, onSelect, marked }: Props) {
  const { drawn, pending } = useDrawnPositions(run);
  const graph = useMemo(
    () => (plan && !pending ? layoutPlan(plan.steps, drawn) : undefined),
    [plan, drawn, pending],
  );
  const byId = useMemo(() => new Map(steps.map((step) => [step.id, step])), [steps]);
  const { frame, width } = useWidth();
  const scale = graph ? Math.min(1, Math.max(leastScale, (width - 32) / graph.width)) : 1;
  const height = Math.min(Math.max((graph?.height ?? 88) * scale + 40, 116), 300);
  const held = steps.find(({ wait }) => wait?.kind === 'debugger')?.id;
  useInSight(frame, graph && width > 0 ? (selected ?? held) : undefined);
  return (
    <section
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label="Graph of the run"
      className="shrink-0 overflow-auto border-b bg-bg bg-[radial-gradient(var(--border)_1px,transparent_1px)] [background-size:16px_16px] -outline-offset-2"
      style={{ height }}
    >
      {graph && width > 0 ? (
        <div className="flex min-h-full w-max min-w-full items-center justify-center p-4">
          <div style={{ width: graph.width * scale, height: graph.height * scale }}>
            <div
              className="relative origin-top-left"
              style={{ width: graph.width, height: graph.height, transform: `scale(${scale})` }}
            >
              <Edges graph={graph} byId={byId} />
              {graph.steps.map(({ id, x, y }) => {
                const step = byId.get(id);
                return step ? (
                  <StepCard
                    key={id}
                    runId={runId}
                    step={step}
                    x={x}
                    y={y}
                    selected={selected === id}
                    marked={marked?.has(id) ?? false}
                    onSelect={() => onSelect(id)}
                  />
                ) : null;
              })}
            </div>
          </div>
        </div>
      ) : (
        <div className="flex h-full items-center justify-center gap-10" aria-hidden>
          {[1, 2, 3].map((each) => (
            <Skeleton key={each} className="h-11 w-42 rounded-lg" />
          ))}
        </div>
      )}
    </section>
  );
}

/** Wide graphs shrink to fit, down to where they can still be read; then they scroll. */
const leastScale = 0.8;

function useWidth() {
  const frame = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  return { frame, width };
}

/** Scrolls the graph, and nothing else, to a step that is chosen or stopped. */
function useInSight(frame: React.RefObject<HTMLElement | null>, stepId: string | undefined) {
  useEffect(() => {
    const scroller = frame.current;
    if (!scroller || stepId === undefined) return;
    const card = scroller.querySelector(`[data-step="${CSS.escape(stepId)}"]`);
    if (!card) return;
    const [of, to] = [scroller.getBoundingClientRect(), card.getBoundingClientRect()];
    const inside =
      to.left >= of.left && to.right <= of.right && to.top >= of.top && to.bottom <= of.bottom;
    if (inside) return;
    scroller.scrollBy({
      left: to.left + to.width / 2 - of.left - of.width / 2,
      top: to.top + to.height / 2 - of.top - of.height / 2,
    });
  }, [frame, stepId]);
}

function Edges({ graph, byId }: { graph: PlacedGraph; byId: Map<string, StepView> }) {
  return (
    <svg
      aria-hidden
      width={graph.width}
      height={graph.height}
      className="absolute inset-0 overflow-visible"
      fill="none"
    >
      {graph.edges.map((edge) => {
        const source = byId.get(edge.from);
        const target = byId.get(edge.to)?.status ?? 'pending';
        const open = source?.ports?.includes(edge.port) ?? false;
        // A failed step goes on at ports when its policy says so.
        const passed =
          source?.status === 'succeeded' || (source?.status === 'failed' && source.ports);
        const taken = passed && open;
        const dead = source?.status === 'skipped' || (passed && !open);
        const colour = taken
          ? target === 'running'
            ? edgeColours.running
            : edge.port === errorPort.id
              ? edgeColours.failed
              : edgeColours.succeeded
          : 'stroke-border-strong';
        return (
          <path
            key={edge.id}
            d={edge.path}
            strokeWidth={1.5}
            strokeDasharray={dead ? '3 4' : undefined}
            className={colour}
          />
        );
      })}
    </svg>
  );
}

type CardProps = {
  runId: string;
  step: StepView;
  x: number;
  y: number;
  selected: boolean;
  marked: boolean;
  onSelect: () => void;
};

function StepCard({ runId, step, x, y, selected, marked, onSelect }: CardProps) {
  return (
    <button
      type="button"
      aria-pressed={selected}
      data-step={step.id}
      title={step.reason}
      onClick={onSelect}
      style={{ left: x, top: y, width: cardSize.width, height: cardSize.height }}
      className={cn(
        'absolute flex items-center gap-2 rounded-lg border bg-surface px-2.5 text-left transition-colors duration-100 hover:border-faint',
        step.status === 'failed' ? 'border-danger' : 'border-border-strong',
        step.status === 'running' && 'border-info',
        (step.status === 'pending' || step.status === 'skipped') && 'text-faint',
        step.wait?.kind === 'debugger' && 'border-danger outline-2 outline-offset-1 outline-danger',
        marked && 'border-warning bg-warning-soft',
        selected && 'outline-2 outline-offset-1 outline-accent',
      )}
    >
      <StatusDot status={step.status} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-xs leading-4 font-medium">{step.name}</span>
        <span className="block truncate text-2xs leading-4 text-faint tabular">
          {step.spawned ? (
            <ChildrenProgress runId={runId} step={step} className="h-4" />
          ) : (
            <StepNote step={step} />
          )}
        </span>
      </span>
    </button>
  );
}

/** Duration, attempt and cost in a few characters. */
export function StepNote({ step }: { step: StepView }) {
  const now = useNow(step.startedAt !== undefined && !step.finishedAt);
  if (step.given) return 'given';
  if (step.reusedFrom) return 'reused';
  if (!step.startedAt) return statusLabel(step.status);
  const start = Date.parse(step.startedAt);
  const end = step.finishedAt ? Date.parse(step.finishedAt) : now || start;
  const parts = [formatDuration(end - start)];
  if (step.tries > 1) parts.push(`attempt ${step.tries}`);
  if (step.status === 'retrying') parts.push('waiting to retry');
  return parts.join(' · ');
}
