'use client';

import { Mail } from 'lucide-react';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { useAgentTasks, useStartTask } from '@/components/data/tool-queries';
import { StatusDot } from '@/components/icons/status-dot';
import { MadeUpAnswers } from '@/components/records/made-up-answers';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { toastError } from '@/components/ui/controls/toast';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { formatCost, plural } from '@/components/ui/format';

/** How many tasks show before one asks for all. */
const atFirst = 8;

/** Gives an agent a task, and lists those that it had. */
export function AgentTasks({ id, name }: { id: string; name: string }) {
  const { data } = useAgentTasks(id);
  const mayStart = useCan('runs.start');
  const start = useStartTask();
  const [input, setInput] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start.mutate(
      { id, input },
      {
        onSuccess: () => setInput(''),
        onError: (error) => toastError('The task was not started', error),
      },
    );
  };
  const [all, setAll] = useState(false);
  const items = data?.items ?? [];
  const shown = all ? items : items.slice(0, atFirst);
  return (
    <section aria-label="Tasks" className="space-y-3">
      <h2 className="font-medium">Tasks</h2>
      {mayStart ? (
        <form onSubmit={submit} className="space-y-2">
          <Field label={`A task for ${name}`} hideLabel>
            <Textarea
              value={input}
              rows={2}
              placeholder={`What should ${name} do?`}
              onChange={(event) => setInput(event.target.value)}
            />
          </Field>
          <Button type="submit" disabled={input.trim() === ''} loading={start.isPending}>
            Start task
          </Button>
        </form>
      ) : null}
      {items.length === 0 ? (
        <p className="text-sm text-faint">No tasks yet.</p>
      ) : (
        <ol aria-label="Earlier tasks" className="divide-y rounded-lg border">
          {shown.map((task) => (
            <li
              key={`${task.runId} ${task.stepId}`}
              className="relative flex min-h-10 items-center gap-3 px-3 py-1.5 text-sm hover:bg-hover/60"
            >
              <StatusDot status={task.status} />
              <Link
                href={`/runs/${task.runId}?step=${encodeURIComponent(task.stepId)}`}
                className="min-w-0 flex-1 truncate after:absolute after:inset-0"
              >
                {task.name.startsWith(`${name}: `) ? task.name.slice(name.length + 2) : task.name}
              </Link>
              {task.from === null ? null : (
                <span className="flex max-w-40 shrink-0 items-center gap-1 text-xs text-muted">
                  <Mail aria-hidden className="size-3 shrink-0" />
                  <span className="truncate">From {task.from}</span>
                </span>
              )}
              {task.madeUp ? <MadeUpAnswers /> : null}
              <span className="shrink-0 text-xs text-faint tabular">
                {task.turns === 0 ? '' : `${plural(task.turns, 'turn')} · `}
                {formatCost(task.costUsd)}
                {task.version === null ? '' : ` · version ${task.version}`}
              </span>
              <TimeAgo at={task.startedAt} className="shrink-0 text-xs text-faint tabular" />
            </li>
          ))}
        </ol>
      )}
      {shown.length < items.length ? (
        <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      ) : null}
    </section>
  );
}
