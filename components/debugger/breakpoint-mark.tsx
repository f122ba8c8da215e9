'use client';

import { useEffect, useRef, useState } from 'react';
import { namesFor } from '@/components/expressions/names';
import { useObservable } from '@/components/observable/use-observable';
import { useJournal } from '@/components/runs/use-journal';
import { useLocal, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { suggestions } from '@/components/text-editor/suggest';
import { TextEditor } from '@/components/text-editor/text-editor';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Popover } from '@/components/ui/overlays/popover';
import type { DraftNode } from '@/lib/canvas/graph';
import { debugOf, setBreakpoint, toggleBreakpoint, useBreakpoint } from './breakpoints';
import { settersOf } from './last-action';

/** The dot at a card's left edge: hollow where one can be set, filled where a debugged run stops. */
export function BreakpointMark({ node, near }: { node: DraftNode; near: boolean }) {
  const session = useSession();
  const condition = useBreakpoint(node.id);
  const editing = useLocal((local) => local.breaking === node.id);
  const allowed = useCan('runs.start');
  const set = condition !== undefined;
  if (!allowed || !(set || near || editing)) return null;
  const ask = (open: boolean) =>
    session.local.set((now) => ({ ...now, breaking: open ? node.id : undefined }));
  const what = set ? (condition ? `Breakpoint if ${condition}` : 'Breakpoint') : 'Set a breakpoint';
  return (
    <Popover
      label={`Breakpoint on ${node.name}`}
      open={editing}
      // A press sets it; the right button, the menu or Shift+B edits its condition.
      onOpenChange={(open) => {
        if (!open) ask(false);
      }}
      side="top"
      className="w-80"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${what}: ${node.name}`}
          aria-pressed={set}
          title={`${what} (B). Right-click: condition`}
          onClick={() => toggleBreakpoint(session, node.id)}
          onContextMenu={(event) => {
            event.preventDefault();
            event.stopPropagation();
            ask(true);
          }}
          className="nodrag nopan group/dot absolute top-10 -left-2.5 flex size-5 items-center justify-center"
        >
          <span
            className={cn(
              'flex size-3 items-center justify-center rounded-full border-2 text-[9px] leading-none font-semibold transition-[border-color,background-color,opacity] duration-100',
              set
                ? 'border-danger bg-danger text-surface'
                : 'border-danger/70 bg-surface opacity-0 group-hover/card:opacity-100 group-hover/dot:border-danger group-focus-within/card:opacity-100',
            )}
          >
            {condition ? '?' : null}
          </span>
        </button>
      }
    >
      <Condition
        key={condition ?? 'none'}
        node={node}
        condition={condition}
        onDone={() => ask(false)}
      />
    </Popover>
  );
}

/** Steps whose own runs the debugger does not enter: another workflow, a plan that a model wrote. */
const runsOthers = new Set(['workflow', 'planner']);

type ConditionProps = { node: DraftNode; condition: string | undefined; onDone: () => void };

function Condition({ node, condition, onDone }: ConditionProps) {
  const session = useSession();
  const [text, setText] = useState(condition ?? '');
  const field = useRef<HTMLDivElement>(null);
  // The popover gives the focus to its first button; the field may still be on its way.
  useEffect(() => {
    let frame = 0;
    let left = 120;
    const take = () => {
      const content = field.current?.querySelector<HTMLElement>('.cm-content');
      content?.focus();
      left -= 1;
      if (!content?.isContentEditable && left > 0) frame = requestAnimationFrame(take);
    };
    frame = requestAnimationFrame(take);
    return () => cancelAnimationFrame(frame);
  }, []);
  const shared = useObservable(session.run, debugOf) !== undefined;
  const save = () => {
    setBreakpoint(session, node.id, text.trim());
    onDone();
  };
  return (
    <div className="space-y-2">
      <p className="text-xs font-medium">Pause before {node.name}</p>
      <div
        ref={field}
        onKeyDownCapture={(event) => {
          const choosing = document.querySelector('.cm-tooltip-autocomplete') !== null;
          if (event.key !== 'Enter' || choosing) return;
          event.preventDefault();
          event.stopPropagation();
          save();
        }}
      >
        <TextEditor
          language="expression"
          singleLine
          label="Condition"
          placeholder="Always, or only if … e.g. input.n > 3"
          value={text}
          onChange={setText}
          suggest={(expression) => suggestions(expression, namesFor(session, node.id))}
        />
      </div>
      {runsOthers.has(node.type) ? (
        <p className="text-xs text-muted">Runs started by it do not pause.</p>
      ) : null}
      {shared ? <SetBy nodeId={node.id} /> : null}
      <div className="flex justify-end gap-1.5">
        {condition === undefined ? null : (
          <Button
            size="sm"
            variant="ghost"
            className="mr-auto"
            onClick={() => {
              setBreakpoint(session, node.id, undefined);
              onDone();
            }}
          >
            Remove
          </Button>
        )}
        <Button size="sm" variant="primary" onClick={save}>
          {condition === undefined ? 'Set breakpoint' : 'Keep'}
        </Button>
      </div>
    </div>
  );
}

/** While a run is debugged its breakpoints are everybody's: who set this one. */
function SetBy({ nodeId }: { nodeId: string }) {
  const { run } = useSession();
  const runId = useObservable(run, (shown) => shown?.runId) ?? '';
  const seq = useObservable(run, (shown) => shown?.state?.seq);
  const by = settersOf(useJournal(runId, seq).events)[nodeId];
  return (
    <p className="text-xs text-muted">
      {by ? `Set by ${by}. ` : ''}Everyone watching this run shares the same breakpoints.
    </p>
  );
}
