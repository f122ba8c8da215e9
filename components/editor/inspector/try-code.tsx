'use client';

import { Play } from 'lucide-react';
import { useCallback } from 'react';
import { useTryCode } from '@/components/data/code-queries';
import { namesFor } from '@/components/expressions/names';
import { useCanEdit, useSession } from '@/components/session/session';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { JsonView } from '@/components/ui/display/json-view';
import type { DraftNode } from '@/lib/canvas/graph';
import type { CodeEnd } from '@/lib/code/code-job';
import { tryCode } from '@/lib/code/contract';
import { namesRead } from '@/lib/code/names-read';

/** Runs the code of a step once, on the values of the last run or on samples, and shows what came out. */
export function TryCode({ node }: { node: DraftNode }) {
  const session = useSession();
  const canEdit = useCanEdit();
  const attempt = useTryCode();
  const asked = tryCode.body.safeParse({
    ...{ source: node.config.source },
    ...(node.config.timeoutMs === undefined ? {} : { timeoutMs: node.config.timeoutMs }),
    ...(node.config.memoryMb === undefined ? {} : { memoryMb: node.config.memoryMb }),
  });
  const { mutate } = attempt;
  const run = useCallback(() => {
    if (!asked.success) return;
    const { input, steps, run: about, ...given } = namesFor(session, node.id);
    const scope = { input, steps: { ...Object(steps) }, run: about };
    mutate({ ...asked.data, names: toJson(namesRead(asked.data.source, scope, given)) });
  }, [asked, mutate, node.id, session]);
  if (!canEdit) return null;
  return (
    <section aria-label="Try the code" className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <Button size="sm" onClick={run} disabled={!asked.success || attempt.isPending}>
          <Play aria-hidden /> {attempt.isPending ? 'Running…' : 'Try it'}
        </Button>
        <span className="text-xs text-muted">
          {asked.success
            ? 'On the values of the last run, or on samples.'
            : 'Enter the code first.'}
        </span>
      </div>
      {attempt.error ? <Problem text={attempt.error.message} /> : null}
      {attempt.data && !attempt.error ? <End end={attempt.data} /> : null}
    </section>
  );
}

/** Values as JSON has them; what it does not know is left out. */
const toJson = (names: Record<string, unknown>) =>
  tryCode.body.shape.names.parse(JSON.parse(JSON.stringify(names)));

function End({ end }: { end: CodeEnd }) {
  return (
    <>
      {end.ok ? (
        <>
          <p className="text-xs text-muted">
            Returned after <span className="tabular-nums">{end.tookMs} ms</span>
          </p>
          <JsonView value={end.value} label="Result" />
        </>
      ) : (
        <Problem text={end.line === undefined ? end.message : `Line ${end.line}: ${end.message}`} />
      )}
      {end.console.length > 0 ? <Console lines={end.console} /> : null}
    </>
  );
}

function Console({ lines }: { lines: CodeEnd['console'] }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
      tabIndex={0}
      aria-label="Console"
      className="max-h-48 overflow-auto rounded-md border bg-bg px-2.5 py-2 font-mono text-xs leading-5"
    >
      {lines.map(({ level, text }, index) => (
        <p
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
          key={index}
          className={cn(
            'whitespace-pre-wrap [overflow-wrap:anywhere]',
            level === 'error' && 'text-danger',
            level === 'warn' && 'text-warning',
          )}
        >
          {text}
        </p>
      ))}
    </section>
  );
}

function Problem({ text }: { text: string }) {
  return (
    <p
      role="alert"
      className="rounded-md bg-danger-soft px-3 py-2 text-xs text-danger whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {text}
    </p>
  );
}
