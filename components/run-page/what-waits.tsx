'use client';

import { Hourglass, UserCheck } from 'lucide-react';
import Link from 'next/link';
import { useMembers } from '@/components/data/people-queries';
import { HeldInside } from '@/components/debugger/held-inside';
import { HeldStep } from '@/components/debugger/held-step';
import { BudgetAskCard } from '@/components/spending/budget-ask';
import { StepApprovals } from '@/components/tools/step-approvals';
import { Markdown } from '@/components/ui/display/markdown';
import { useNow } from '@/components/ui/display/time-ago';
import { exactTime } from '@/components/ui/format';
import { assignmentsSchema } from '@/lib/agents/assignment/record';
import { awayWaitSchema } from '@/lib/agents/pause';
import { replyWaitSchema } from '@/lib/messages/reply-wait';
import { toolWaitSchema } from '@/lib/nodes/agents/task/tool-wait';
import { approvalAskSchema } from '@/lib/nodes/forms/approval-ask';
import { sameAddress } from '@/lib/people/deciders';
import type { StepView } from '@/lib/runs/contract';
import { budgetAskSchema } from '@/lib/spending/breach';
import { AnswerForm } from './answer-form';
import { NobodyFits } from './nobody-fits';
import { WaitsBelow } from './waits-below';

export type WaitProps = {
  runId: string;
  step: StepView;
  /** Whether the step's name stands above. */
  named?: boolean;
};

/** What a step waits for; a question can be answered here. */
export function WhatWaits({ runId, step, named }: WaitProps) {
  const { wait } = step;
  const approval = approvalAskSchema.safeParse(wait?.ask);
  if (!wait) return null;
  if (wait.kind === 'debugger') return <HeldStep runId={runId} step={step} named={named} />;
  if (wait.kind === 'children') {
    return (
      <>
        {named ? <Waits step={step} named /> : null}
        {named ? <HeldInside runId={runId} stepId={step.id} /> : null}
        <WaitsBelow
          runId={runId}
          stepId={step.id}
          draw={(below, asks) =>
            asks.wait?.kind === 'person' ? <WhatWaits runId={below} step={asks} named /> : null
          }
        />
      </>
    );
  }
  const budget = budgetAskSchema.safeParse(wait.ask);
  if (budget.success) {
    const asked = budget.data.budget;
    return <BudgetAskCard runId={runId} stepId={step.id} name={step.name} asked={asked} />;
  }
  if (toolWaitSchema.safeParse(wait.ask).success) {
    return <StepApprovals runId={runId} stepId={step.id} />;
  }
  const sought = assignmentsSchema.safeParse(wait.ask).data?.waits;
  if (sought) return <NobodyFits name={named ? step.name : undefined} waits={sought} />;
  if (!approval.success) return <Waits step={step} named={named} />;
  const { question, details, fields, ...deciders } = approval.data;
  return (
    <section aria-label={question} className="overflow-hidden rounded-lg border border-warning/50">
      <header className="flex items-center gap-2 border-b border-warning/30 bg-warning-soft px-3 py-2 text-xs font-medium text-warning">
        <UserCheck className="size-3.5 shrink-0" aria-hidden />
        <span className="min-w-0 flex-1 truncate">
          {named ? step.name : <WaitingFor people={deciders.people} />}
        </span>
        {wait.until ? (
          <span className="font-normal tabular" title={exactTime(new Date(wait.until))}>
            <Until at={wait.until} short />
          </span>
        ) : null}
      </header>
      <div className="space-y-3 p-3">
        <p className="font-medium">{question}</p>
        {details ? (
          // However long it is, the buttons below stay in sight.
          <section
            aria-label="Details"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
            tabIndex={0}
            className="max-h-80 overflow-auto"
          >
            <Markdown text={details} />
          </section>
        ) : null}
        <AnswerForm runId={runId} stepId={step.id} fields={fields} deciders={deciders} />
      </div>
    </section>
  );
}

/** Whom it waits for, where people are named. */
function WaitingFor({ people }: { people: readonly string[] }) {
  const members = useMembers().data?.items ?? [];
  if (people.length === 0) return <>Waiting for a decision</>;
  const names = people.map(
    (address) => members.find(({ email }) => sameAddress(email, address))?.name ?? address,
  );
  return <>Waiting for {new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}</>;
}

function Waits({ step, named }: Pick<WaitProps, 'step' | 'named'>) {
  const { wait } = step;
  const reply = replyWaitSchema.safeParse(wait?.ask);
  const away = awayWaitSchema.safeParse(wait?.ask).data;
  return (
    <p className="flex items-center gap-2 rounded-lg border px-3 py-2.5 text-sm text-muted">
      <Hourglass className="size-3.5 shrink-0 text-warning" aria-hidden />
      <span>
        {named ? <span className="font-medium text-fg">{step.name} </span> : null}
        {wait?.kind === 'children' ? (
          'is waiting for the runs it started.'
        ) : reply.success ? (
          <>
            is waiting for the reply of {reply.data.from}
            {wait?.until ? (
              <>
                {' '}
                (<Until at={wait.until} short />)
              </>
            ) : null}
            . <Link href="/messages">Messages</Link>
          </>
        ) : away ? (
          <>
            waits: {away.agent} is in maintenance. {sentenceOf(away.maintenance)} It goes on when
            the agent is back. <Link href="/agents">Agents</Link>
          </>
        ) : wait?.until ? (
          <Until at={wait.until} />
        ) : (
          'is waiting for an external event.'
        )}
      </span>
    </p>
  );
}

/** What somebody wrote as a reason, with a full stop. */
const sentenceOf = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

function Until({ at, short }: { at: string; short?: boolean }) {
  const now = useNow();
  const left = Date.parse(at) - now;
  const minutes = Math.max(1, Math.round(left / 60_000));
  const amount =
    left <= 0
      ? 'a moment'
      : minutes < 120
        ? `${minutes} min`
        : minutes < 2_880
          ? `${Math.round(minutes / 60)} h`
          : `${Math.round(minutes / 1_440)} days`;
  return <>{short ? `${amount} left` : `continues in ${amount}.`}</>;
}
