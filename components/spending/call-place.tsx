import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ListedCall } from '@/lib/spending/contract';

const link = 'underline-offset-2 hover:underline';

/** What a call belongs to: its workflow and agent, and the step of its run; each leads there. */
export function CallPlace({ row: { names, ...row } }: { row: ListedCall }) {
  const places: [string, ReactNode][] = [];
  if (row.workflowId !== null && names.workflow !== null) {
    places.push([
      'workflow',
      <Link key="workflow" href={`/workflows/${row.workflowId}`} className={link}>
        {names.workflow}
      </Link>,
    ]);
  }
  if (row.agentId !== null && names.agent !== null) {
    places.push([
      'agent',
      <Link key="agent" href={`/agents/${row.agentId}`} className={link}>
        {names.agent}
      </Link>,
    ]);
  }
  return (
    <>
      <span className="block">
        {places.length === 0 ? <span>{names.run ?? 'A deleted run'}</span> : null}
        {places.map(([key, place], index) => (
          <span key={key}>
            {index > 0 ? <span className="text-faint"> · </span> : null}
            {place}
          </span>
        ))}
      </span>
      <span className="block text-xs text-faint">
        {names.run === null ? (
          'Its run was deleted'
        ) : (
          <Link href={`/runs/${row.runId}?step=${encodeURIComponent(row.stepId)}`} className={link}>
            {names.step ?? 'Run'}
          </Link>
        )}
        {names.person === null ? null : ` · ${names.person}`}
      </span>
    </>
  );
}
