'use client';

import { Wallet } from 'lucide-react';
import { useState } from 'react';
import { useAnswerBudget } from '@/components/data/spending-queries';
import { useActor, useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { toastError } from '@/components/ui/controls/toast';
import { isAtLeast } from '@/lib/people/can';
import type { Breached, BudgetAnswer, BudgetAsk } from '@/lib/spending/breach';
import { picoOf, positiveUsdSchema, usdOf } from '@/lib/spending/pico';
import { BudgetBar } from './budget-bar';
import { moneyText, windowWords } from './words';

type Props = { runId: string; stepId: string; name: string; asked: BudgetAsk['budget'] };

const whose: Record<Breached['scope'], string> = {
  workspace: 'the workspace',
  person: 'the person who started it',
  agent: 'this agent',
  workflow: 'this workflow',
  run: 'this run',
};

/** A step waits because a budget has no room: grant more, take a cheaper model, or stop. */
export function BudgetAskCard({ runId, stepId, name, asked }: Props) {
  const mayGrant = useCan('spending.manage');
  const mayDecide = isAtLeast(useActor().role, 'editor');
  const answering = useAnswerBudget();
  const [usd, setUsd] = useState('');
  const amount = positiveUsdSchema.safeParse(usd.trim().replace(',', '.'));
  const answer = (given: BudgetAnswer) =>
    answering.mutate(
      { runId, stepId, answer: given },
      { onError: (error) => toastError('The decision was not saved', error) },
    );
  const quarter = quarterOf(asked);
  return (
    <section
      aria-label={`The budget has no room for ${name}`}
      className="overflow-hidden rounded-lg border border-warning/50"
    >
      <header className="flex items-center gap-2 border-b border-warning/30 bg-warning-soft px-3 py-2 text-xs font-medium text-warning">
        <Wallet className="size-3.5 shrink-0" aria-hidden />
        <span className="min-w-0 flex-1 truncate">{name} waits for its budget</span>
      </header>
      <div className="space-y-3 p-3">
        <p className="text-sm">
          The next answer of <span className="font-mono text-xs">{asked.model}</span> needs at least{' '}
          {moneyText(asked.neededUsd)}. Nothing was asked of it, and nothing is lost.
        </p>
        {asked.breached.map((each) => (
          <div key={`${each.id} ${each.subject}`} className="space-y-1">
            <p className="text-xs text-muted">
              Budget of {whose[each.scope]}: {moneyText(each.capUsd)} {windowWords[each.window]}
            </p>
            <BudgetBar {...each} label={`Spent of the budget of ${whose[each.scope]}`} />
          </div>
        ))}
        {mayGrant ? (
          <form
            className="flex flex-wrap items-end gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              if (amount.success) answer({ do: 'raise', usd: amount.data });
            }}
          >
            <Button
              type="button"
              variant="primary"
              loading={answering.isPending}
              onClick={() => answer({ do: 'raise', usd: quarter })}
            >
              Grant {moneyText(quarter)} more
            </Button>
            <Field label="Another amount in US dollars" hideLabel>
              <Input
                value={usd}
                inputMode="decimal"
                placeholder="or enter US dollars"
                className="w-40"
                onChange={(event) => setUsd(event.target.value)}
              />
            </Field>
            <Button type="submit" disabled={!amount.success || answering.isPending}>
              Grant
            </Button>
          </form>
        ) : (
          <p className="text-sm text-muted">An admin may grant more.</p>
        )}
        {mayDecide ? (
          <div className="flex justify-end gap-2">
            <Button disabled={answering.isPending} onClick={() => answer({ do: 'stop' })}>
              Stop
            </Button>
            <Button disabled={answering.isPending} onClick={() => answer({ do: 'cheaper' })}>
              Use a cheaper model
            </Button>
          </div>
        ) : null}
      </div>
    </section>
  );
}

/** A quarter of the smallest cap in the way, and at least what the call needs, in whole hundredths of a cent. */
function quarterOf({ breached, neededUsd }: BudgetAsk['budget']): string {
  const caps = breached.map(({ capUsd }) => (picoOf(capUsd) ?? 0n) / 4n);
  const least = picoOf(neededUsd) ?? 0n;
  const wanted = caps.reduce((most, each) => (each > most ? each : most), least);
  const step = 100_000_000n;
  return usdOf(((wanted + step - 1n) / step) * step);
}
