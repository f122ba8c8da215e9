'use client';

import { HelpCircle, ShieldQuestion, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/display/badge';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Approval } from '@/lib/tools/contract';
import { ApprovalForm } from './approval-form';
import { CallArgs } from './call-args';
import { effects } from './effects';
import { QuestionForm } from './question-form';
import { UnknownForm } from './unknown-form';

/** A call that waits for a person: what it would do, why somebody is asked, and the answers. */
export function ApprovalCard({ approval }: { approval: Approval }) {
  const { ask, title, effect, agent, args, createdAt } = approval;
  const who = agent ?? 'The step';
  const kind = ask?.kind ?? 'unknown';
  const heading = {
    approval: `${who} wants to use “${title}”`,
    question: `${who} asks`,
    unknown: `Did “${title}” happen?`,
  }[kind];
  const icon: Record<typeof kind, ReactNode> = {
    approval: <ShieldQuestion className="size-3.5 shrink-0" aria-hidden />,
    question: <HelpCircle className="size-3.5 shrink-0" aria-hidden />,
    unknown: <TriangleAlert className="size-3.5 shrink-0" aria-hidden />,
  };
  return (
    <section aria-label={heading} className="overflow-hidden rounded-lg border border-warning/50">
      <header className="flex items-center gap-2 border-b border-warning/30 bg-warning-soft px-3 py-2 text-xs font-medium text-warning">
        {icon[kind]}
        <span className="min-w-0 flex-1 truncate">{heading}</span>
        <TimeAgo at={createdAt} className="shrink-0 font-normal tabular" />
      </header>
      <div className="space-y-3 p-3">
        {kind === 'question' ? (
          <p className="font-medium whitespace-pre-wrap">{ask?.text}</p>
        ) : (
          <p className="text-sm text-muted">{ask?.text}</p>
        )}
        {kind === 'question' ? null : (
          <div className="space-y-2 rounded-md border bg-hover/40 p-2.5">
            <Badge tone={effects[effect].tone} title={effects[effect].says}>
              {effects[effect].label}
            </Badge>
            <CallArgs args={args} />
          </div>
        )}
        {ask?.kind === 'approval' ? <ApprovalForm approval={approval} /> : null}
        {ask?.kind === 'question' ? <QuestionForm id={approval.id} choices={ask.choices} /> : null}
        {kind === 'unknown' ? <UnknownForm id={approval.id} /> : null}
      </div>
    </section>
  );
}
