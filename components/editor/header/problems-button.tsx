'use client';

import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { fieldOf, focusField } from '@/components/form/focus-field';
import { useObservable } from '@/components/observable/use-observable';
import { useGraph, useLocal, useSession } from '@/components/session/session';
import { isToDoIn } from '@/components/session/state/to-do';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { plural } from '@/components/ui/format';
import { Popover } from '@/components/ui/overlays/popover';
import type { Problem } from '@/lib/workflows/schema';

/** How many things stand in the way of publishing; the list jumps to each. */
export function ProblemsButton() {
  const session = useSession();
  const [open, setOpen] = useState(false);
  const all = useObservable(session.problems, (now) => now);
  const touched = useLocal((local) => local.touched);
  const toDo = all.filter((problem) => isToDoIn(problem, touched));
  const problems = all.filter((problem) => !toDo.includes(problem));
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  const warnings = problems.length - errors;
  const label =
    all.length === 0
      ? 'No problems'
      : [
          errors && plural(errors, 'problem'),
          warnings && plural(warnings, 'warning'),
          toDo.length && `${toDo.length} to do`,
        ]
          .filter(Boolean)
          .join(', ');
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Problems"
      align="end"
      className="max-h-96 w-80 overflow-y-auto p-1.5"
      trigger={
        <Button size="sm" variant="ghost" aria-label={label} className="tabular">
          {errors > 0 ? (
            <CircleAlert className="text-danger" />
          ) : warnings > 0 ? (
            <TriangleAlert className="text-warning" />
          ) : toDo.length > 0 ? (
            <CircleDashed className="text-muted" />
          ) : (
            <CircleCheck className="text-success" />
          )}
          {problems.length > 0 ? problems.length : toDo.length > 0 ? `${toDo.length} to do` : null}
        </Button>
      }
    >
      {all.length === 0 ? (
        <p className="p-2 text-sm text-muted">Ready to publish.</p>
      ) : (
        <ProblemList problems={problems} onDone={() => setOpen(false)} />
      )}
      {toDo.length > 0 ? (
        <>
          <p className="px-2 pt-2 pb-1 text-xs font-medium text-faint">To do</p>
          <ProblemList problems={toDo} quiet onDone={() => setOpen(false)} />
        </>
      ) : null}
    </Popover>
  );
}

/** Problems with the steps that they belong to; each is a link to its place. */
export function ProblemList({
  problems,
  quiet = false,
  onDone,
}: {
  problems: readonly Problem[];
  /** Nothing is wrong: it is only to be done. */
  quiet?: boolean;
  onDone: () => void;
}) {
  const session = useSession();
  const nodes = useGraph((graph) => graph.nodes);
  const edges = useGraph((graph) => graph.edges);
  const go = (problem: Problem) => {
    const nodeId =
      problem.nodeId ?? (problem.edgeId ? edges.get(problem.edgeId)?.source : undefined);
    onDone();
    if (!nodeId) return;
    session.actions.openTab('settings');
    session.jumpTo([nodeId]);
    if (problem.path?.length) focusField(fieldOf(nodes.get(nodeId), problem.path));
  };
  return (
    <ul>
      {problems.map((problem) => (
        <li key={`${problem.code}${problem.nodeId}${problem.path?.join('.')}${problem.message}`}>
          <button
            type="button"
            onClick={() => go(problem)}
            className="flex w-full items-start gap-2 rounded-md px-2 py-1.5 text-left -outline-offset-2 hover:bg-hover"
          >
            {quiet ? <ToDoIcon /> : <ProblemIcon problem={problem} />}
            <span className="min-w-0 text-sm">
              {problem.nodeId ? (
                <span className="block truncate text-xs text-faint">
                  {nodes.get(problem.nodeId)?.name}
                </span>
              ) : null}
              {problem.message}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const ToDoIcon = () => <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />;

function ProblemIcon({ problem }: { problem: Problem }) {
  const error = problem.severity === 'error';
  const Icon = error ? CircleAlert : TriangleAlert;
  return (
    <Icon
      aria-hidden
      className={cn('mt-0.5 size-4 shrink-0', error ? 'text-danger' : 'text-warning')}
    />
  );
}
