'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { ranWhat } from '@/components/runs/ran-what';
import { RunDuration } from '@/components/runs/run-facts';
import { RunMark, StatusText } from '@/components/runs/run-marks';
import { cn } from '@/components/ui/cn';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { formatCost, formatCount } from '@/components/ui/format';
import type { RunView } from '@/lib/runs/contract';
import { textOf } from '@/lib/runs/values/text-of';
import { inputDifferences } from '@/lib/runs/view/compare';
import { canonical } from '@/lib/values/canonical';

/** The figures of both runs, line by line; what differs stands out. */
export function CompareFacts({ a, b }: { a: RunView; b: RunView }) {
  const tokens = ({ usage }: RunView) =>
    `${formatCount(usage.inputTokens)} in, ${formatCount(usage.outputTokens)} out`;
  const version = (run: RunView) => ranWhat(run) ?? 'none';
  return (
    <table className="w-full table-fixed border-b text-sm" aria-label="The runs">
      <thead>
        <tr className="border-b text-left">
          <th scope="col" className="w-24 py-2 pl-4 font-normal sm:w-36">
            <span className="sr-only">Figure</span>
          </th>
          <RunHead letter="A" run={a} />
          <RunHead letter="B" run={b} after={b.forkedFrom === a.id ? 'replay of A' : undefined} />
        </tr>
      </thead>
      <tbody>
        <Line name="Status" differs={a.status !== b.status}>
          <StatusText status={a.status} />
          <StatusText status={b.status} />
        </Line>
        <Line name="Time">
          <RunDuration run={a} />
          <RunDuration run={b} />
        </Line>
        <Line name="Cost" differs={a.usage.costUsd !== b.usage.costUsd}>
          {formatCost(a.usage.costUsd)}
          {formatCost(b.usage.costUsd)}
        </Line>
        <Line name="Tokens" differs={tokens(a) !== tokens(b)}>
          {tokens(a)}
          {tokens(b)}
        </Line>
        <Line name="Version" differs={version(a) !== version(b)}>
          {version(a)}
          {version(b)}
        </Line>
        {canonical(a.input) === canonical(b.input) ? (
          <Line name="Input">
            <span className="text-faint">the same</span>
            <span className="text-faint">the same</span>
          </Line>
        ) : (
          inputDifferences(a.input, b.input).map(({ name, a: left, b: right }) => (
            <Line key={name} name={`Input ${name}`} differs>
              <span className="break-words whitespace-pre-wrap">{textOf(left)}</span>
              <span className="break-words whitespace-pre-wrap">{textOf(right)}</span>
            </Line>
          ))
        )}
      </tbody>
    </table>
  );
}

type HeadProps = { letter: string; run: RunView; after?: string | undefined };

function RunHead({ letter, run, after }: HeadProps) {
  return (
    <th scope="col" className="px-2 py-2 font-normal sm:px-4">
      <span className="flex flex-wrap items-center gap-x-2">
        <Letter>{letter}</Letter>
        <Link href={`/runs/${run.id}`} className="font-medium text-accent hover:underline">
          Run {run.id.slice(0, 8)}
        </Link>
        <RunMark run={run} />
        <span className="text-xs text-faint">
          <TimeAgo at={run.createdAt} />
          {after ? `, ${after}` : ''}
        </span>
      </span>
    </th>
  );
}

/** A or B. */
export function Letter({ children }: { children: string }) {
  return (
    <span className="inline-flex size-4 shrink-0 items-center justify-center rounded-sm bg-active text-2xs font-semibold text-muted">
      {children}
    </span>
  );
}

type LineProps = { name: string; differs?: boolean; children: [ReactNode, ReactNode] };

function Line({ name, differs, children: [a, b] }: LineProps) {
  const cell = cn('px-2 py-1.5 align-baseline tabular sm:px-4', differs && 'bg-warning-soft/60');
  return (
    <tr className="border-b last:border-b-0">
      <th
        scope="row"
        className="py-1.5 pl-4 text-left align-baseline text-xs font-normal text-faint"
      >
        {name}
      </th>
      <td className={cell}>{a}</td>
      <td className={cell}>{b}</td>
    </tr>
  );
}
