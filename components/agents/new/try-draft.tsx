'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import { useRun } from '@/components/realtime/use-run';
import { StatusText } from '@/components/runs/run-marks';
import { MadeUpNote } from '@/components/spending/made-up';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { Markdown } from '@/components/ui/display/markdown';
import { formatCost } from '@/components/ui/format';
import type { AgentInput } from '@/lib/agents/schema';
import { at, textIn } from '@/lib/values/unknown';
import { useTryAgent } from './use-draft';

/** Tries a draft on a task before there is an agent: nothing is changed by it. */
export function TryDraft({ agent, examples }: { agent: AgentInput; examples: readonly string[] }) {
  const [input, setInput] = useState(examples[0] ?? '');
  const attempt = useTryAgent();
  const listId = useId();
  const send = () => {
    if (input.trim() !== '' && !attempt.isPending) attempt.mutate({ agent, input });
  };
  return (
    <section aria-label="Try it" className="min-w-0 space-y-3">
      <h2 className="font-medium">Try it</h2>
      <form
        className="space-y-2"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Field
          label="A task"
          hint="Only its tools that read take part: a try changes nothing."
          {...(attempt.error ? { error: attempt.error.message } : {})}
        >
          <Textarea
            value={input}
            className="max-h-40 min-h-16 w-full"
            onChange={(event) => setInput(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
              event.preventDefault();
              send();
            }}
          />
        </Field>
        {examples.length > 1 ? (
          <ul id={listId} aria-label="Example tasks" className="space-y-1">
            {examples.map((example) => (
              <li key={example}>
                <button
                  type="button"
                  className="w-full truncate rounded-md border border-dashed px-2 py-1 text-left text-xs text-muted hover:bg-hover hover:text-fg"
                  onClick={() => setInput(example)}
                >
                  {example}
                </button>
              </li>
            ))}
          </ul>
        ) : null}
        <Button type="submit" size="sm" loading={attempt.isPending} disabled={input.trim() === ''}>
          <Play aria-hidden /> Try
        </Button>
      </form>
      {attempt.data ? (
        <Outcome key={attempt.data.id} runId={attempt.data.id} left={attempt.data.left} />
      ) : null}
    </section>
  );
}

function Outcome({ runId, left }: { runId: string; left: readonly string[] }) {
  const { state, streams } = useRun(runId);
  const step = state?.steps.task;
  const output = state?.output;
  const text = textIn(at(output, 'text')) ?? streams.task;
  return (
    <div className="space-y-2 rounded-lg border p-3 text-sm" aria-live="polite">
      <p className="flex flex-wrap items-center gap-2 text-xs">
        <StatusText status={state?.status ?? 'queued'} />
        {at(output, 'rehearsed') === true ? <MadeUpNote /> : null}
        <span className="text-faint tabular">{formatCost(state?.usage.costUsd ?? 0)}</span>
        <Link href={`/runs/${runId}`} className="ml-auto text-accent underline underline-offset-2">
          Open run
        </Link>
      </p>
      {text ? <Markdown text={text} /> : null}
      {(step?.error ?? state?.error) ? (
        <p className="text-danger">{(step?.error ?? state?.error)?.message}</p>
      ) : null}
      {left.length === 0 ? null : (
        <p className="text-xs text-muted">Left out here: {left.join(', ')}.</p>
      )}
    </div>
  );
}
