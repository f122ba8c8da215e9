'use client';

import { Plus, Wallet } from 'lucide-react';
import { useState } from 'react';
import { useBudgets } from '@/components/data/spending-queries';
import { useCan } from '@/components/shell/actor-context';
import { AnswerCacheLine } from '@/components/spending/answer-cache-line';
import { BudgetDialog } from '@/components/spending/budget-dialog';
import { BudgetRow } from '@/components/spending/budget-row';
import { CallsTable } from '@/components/spending/calls-table';
import { SpendingFigures } from '@/components/spending/spending-figures';
import { filterOf, useSpendingView } from '@/components/spending/spending-view';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { SettingsPage } from './settings-section';

/** What model calls cost, and what they may. */
export function Spending() {
  const canManage = useCan('spending.manage');
  const [adding, setAdding] = useState(false);
  const [view, setView] = useSpendingView();
  return (
    <SettingsPage
      title="Spending"
      help="/docs/costs#budget"
      description={
        canManage
          ? 'What model calls cost, and budgets that limit it.'
          : 'What model calls cost, and budgets that limit it. Only admins can change budgets.'
      }
      actions={
        canManage ? (
          <Button variant="primary" size="sm" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add budget
          </Button>
        ) : null
      }
    >
      <section aria-label="Costs" className="space-y-2">
        <h2 className="text-sm font-medium">Costs</h2>
        <SpendingFigures view={view} onChange={setView} />
      </section>
      <section aria-label="Budgets" className="space-y-2">
        <h2 className="text-sm font-medium">Budgets</h2>
        <Budgets canManage={canManage} onAdd={() => setAdding(true)} />
      </section>
      <section aria-label="Calls" className="space-y-2">
        <h2 className="text-sm font-medium">Model calls</h2>
        <AnswerCacheLine canManage={canManage} />
        <div className="overflow-hidden rounded-lg border">
          <CallsTable filter={filterOf(view.only)} />
        </div>
      </section>
      {adding ? <BudgetDialog onClose={() => setAdding(false)} /> : null}
    </SettingsPage>
  );
}

function Budgets({ canManage, onAdd }: { canManage: boolean; onAdd: () => void }) {
  const budgets = useBudgets();
  if (budgets.isPending) {
    return (
      <div role="status" aria-label="Loading budgets" className="overflow-hidden rounded-lg border">
        <SkeletonRows rows={2} className="-mb-px" />
      </div>
    );
  }
  if (budgets.data === undefined) {
    return (
      <ErrorState
        title="The budgets could not be loaded"
        error={budgets.error}
        onRetry={() => void budgets.refetch()}
      />
    );
  }
  if (budgets.data.items.length === 0) {
    return (
      <div className="rounded-lg border">
        <EmptyState
          icon={<Wallet aria-hidden />}
          title="Nothing limits spending yet"
          actions={canManage ? <Button onClick={onAdd}>Add a budget</Button> : null}
        >
          A budget holds what a call may cost before it is made, so a bill cannot surprise.
        </EmptyState>
      </div>
    );
  }
  return (
    <ul className="divide-y rounded-lg border">
      {budgets.data.items.map((budget) => (
        <BudgetRow key={budget.id} budget={budget} canManage={canManage} />
      ))}
    </ul>
  );
}
