'use client';

import { useState } from 'react';
import { useBudget, useDeleteBudget } from '@/components/data/spending-queries';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { plural } from '@/components/ui/format';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import type { Budget } from '@/lib/spending/contract';
import { BudgetBar } from './budget-bar';
import { BudgetDialog } from './budget-dialog';
import { breachWords, limitText } from './words';

/** A budget: how much of it is used and by whom, to change or delete. */
export function BudgetRow({ budget, canManage }: { budget: Budget; canManage: boolean }) {
  const [editing, setEditing] = useState(false);
  const [open, setOpen] = useState(false);
  const { scopeName } = budget;
  const each = budget.scopeId === null;
  return (
    <li className="space-y-2.5 px-4 py-3.5">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="font-medium">
            {scopeName}: {limitText(budget)}
          </p>
          <p className="text-xs text-muted">
            At the limit: {breachWords[budget.onBreach].toLowerCase()}
            {budget.window === 'none' ? '' : ` · ${budget.timeZone}`}
          </p>
        </div>
        {canManage ? (
          <span className="flex shrink-0 gap-2">
            <DeleteBudget budget={budget} />
            <Button size="sm" aria-label={`Edit ${scopeName}`} onClick={() => setEditing(true)}>
              Edit
            </Button>
          </span>
        ) : null}
      </div>
      {each ? <p className="text-xs text-faint">The one that has used most:</p> : null}
      <BudgetBar {...budget} label={`Spent of the budget of ${scopeName}`} />
      {each ? (
        <>
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={open}
            onClick={() => setOpen((now) => !now)}
          >
            {open ? 'Hide who spent it' : 'Show who spent it'}
          </Button>
          {open ? <Subjects id={budget.id} /> : null}
        </>
      ) : null}
      {editing ? <BudgetDialog budget={budget} onClose={() => setEditing(false)} /> : null}
    </li>
  );
}

function Subjects({ id }: { id: string }) {
  const budget = useBudget(id);
  const subjects = budget.data?.subjects;
  if (budget.error)
    return (
      <p role="alert" className="text-sm text-danger">
        {budget.error.message}
      </p>
    );
  if (subjects === undefined) return <p className="text-xs text-faint">Loading…</p>;
  if (subjects.length === 0) return <p className="text-xs text-muted">Nothing is spent yet.</p>;
  return (
    <ul className="space-y-2 border-l pl-3" aria-label={plural(subjects.length, 'subject')}>
      {subjects.map((each) => (
        <li key={each.subject} className="space-y-1">
          <p className="truncate text-sm">{each.subjectName}</p>
          <BudgetBar {...each} label={`Spent by ${each.subjectName}`} />
        </li>
      ))}
    </ul>
  );
}

function DeleteBudget({ budget: { id, scopeName } }: { budget: Budget }) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteBudget();
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Delete ${scopeName}`}
        onClick={() => setAsking(true)}
      >
        Delete
      </Button>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete this budget?"
        description="Nothing limits these calls any more. What they cost so far stays on record."
        confirmLabel="Delete budget"
        pending={remove.isPending}
        onConfirm={() =>
          remove.mutateAsync(id).then(
            () => toast.success('The budget was deleted'),
            (error: unknown) => {
              toastError('The budget was not deleted', error);
              throw error;
            },
          )
        }
      />
    </>
  );
}
