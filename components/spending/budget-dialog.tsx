'use client';

import { type FormEvent, useId, useState } from 'react';
import { useCreateBudget, useUpdateBudget } from '@/components/data/spending-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { Budget } from '@/lib/spending/contract';
import { positiveUsdSchema } from '@/lib/spending/pico';
import {
  type BreachAction,
  type BudgetScope,
  type BudgetWindow,
  breachActions,
  budgetScopes,
  budgetWindows,
} from '@/lib/spending/schema';
import { SubjectPicker } from './subject-picker';
import { breachWords, scopeWords, windowWords } from './words';

const oneOf = <Value extends string>(values: readonly Value[], given: string): Value | undefined =>
  values.find((value) => value === given);

/** Makes a budget, or changes what it allows. */
export function BudgetDialog({ budget, onClose }: { budget?: Budget; onClose: () => void }) {
  const form = useId();
  const [scope, setScope] = useState<BudgetScope>(budget?.scope ?? 'workspace');
  const [scopeId, setScopeId] = useState<string>();
  const [draft, setDraft] = useState<Draft>({
    cap: budget?.capUsd ?? '',
    window: budget?.window ?? 'month',
    soft: String(budget?.softAt ?? 80),
    onBreach: budget?.onBreach ?? 'ask',
  });
  // As it was when it was opened: it may change behind the dialog.
  const [was] = useState(
    budget && {
      ...{ capUsd: budget.capUsd, window: budget.window },
      ...{ softAt: budget.softAt, onBreach: budget.onBreach },
    },
  );
  const create = useCreateBudget();
  const update = useUpdateBudget();
  const save = budget === undefined ? create : update;
  const limits = limitsOf(draft);
  const done = () => {
    toast.success('The budget was saved');
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (limits === undefined) return;
    if (budget !== undefined) {
      update.mutate({ id: budget.id, ...limits, ...(was ? { was } : {}) }, { onSuccess: done });
      return;
    }
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    create.mutate(
      { ...limits, scope, timeZone, ...(scopeId === undefined ? {} : { scopeId }) },
      { onSuccess: done },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={budget === undefined ? 'Add a budget' : `Edit the budget of ${budget.scopeName}`}
      description="Before each call, the most that it may cost is held. What vendors bill stays below the limit."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={limits === undefined}
            loading={save.isPending}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
        {budget === undefined ? (
          <>
            <Field label="Whose spending">
              <Select
                value={scope}
                onValueChange={(value) => {
                  setScope(oneOf(budgetScopes, value) ?? 'workspace');
                  setScopeId(undefined);
                }}
                options={budgetScopes.toReversed().map((value) => ({
                  value,
                  label: scopeWords[value],
                }))}
                className="w-full"
              />
            </Field>
            {scope === 'workspace' || scope === 'run' ? null : (
              <SubjectPicker scope={scope} value={scopeId} onChange={setScopeId} />
            )}
          </>
        ) : null}
        <Limits draft={draft} onChange={(part) => setDraft((now) => ({ ...now, ...part }))} />
        {save.error ? (
          <p role="alert" className="text-sm text-danger">
            {save.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

type Draft = { cap: string; window: BudgetWindow; soft: string; onBreach: BreachAction };

function amountOf({ cap }: Draft): string | undefined {
  const amount = positiveUsdSchema.safeParse(cap.trim().replace(',', '.'));
  return amount.success ? amount.data : undefined;
}

function softOf({ soft }: Draft): number | undefined {
  const percent = Number(soft);
  return Number.isInteger(percent) && percent >= 1 && percent <= 100 ? percent : undefined;
}

/** What the fields say, as it is saved; undefined while one of them cannot be. */
function limitsOf(draft: Draft) {
  const [capUsd, softAt] = [amountOf(draft), softOf(draft)];
  if (capUsd === undefined || softAt === undefined) return undefined;
  return { capUsd, softAt, window: draft.window, onBreach: draft.onBreach };
}

function Limits({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field
          label="Limit in US dollars"
          error={
            draft.cap !== '' && amountOf(draft) === undefined
              ? 'Enter an amount like 20 or 0.50.'
              : undefined
          }
        >
          <Input
            value={draft.cap}
            inputMode="decimal"
            placeholder="20"
            onChange={(event) => onChange({ cap: event.target.value })}
          />
        </Field>
        <Field label="Counts">
          <Select
            value={draft.window}
            onValueChange={(value) => onChange({ window: oneOf(budgetWindows, value) ?? 'month' })}
            options={budgetWindows.map((value) => ({ value, label: windowWords[value] }))}
            className="w-full"
          />
        </Field>
      </div>
      <Field
        label="At the limit"
        hint="A run that waits is held by nobody: an admin may grant more, take a cheaper model or stop it."
      >
        <Select
          value={draft.onBreach}
          onValueChange={(value) => onChange({ onBreach: oneOf(breachActions, value) ?? 'ask' })}
          options={breachActions.map((value) => ({ value, label: breachWords[value] }))}
          className="w-full"
        />
      </Field>
      <Field
        label="Warn at (percent)"
        error={softOf(draft) !== undefined ? undefined : 'Enter a whole number from 1 to 100.'}
      >
        <Input
          value={draft.soft}
          inputMode="numeric"
          onChange={(event) => onChange({ soft: event.target.value })}
          className="w-24"
        />
      </Field>
    </>
  );
}
