'use client';

import { Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useCanEdit, useSession } from '@/components/session/session';
import { Kbd } from '@/components/ui/kbd';

/** Comes with the first empty canvas: most canvases are not. */
const TemplateRow = dynamic(() =>
  import('@/components/templates/template-row').then((found) => found.TemplateRow),
);

const DescribeHere = dynamic(() =>
  import('@/components/from-words/describe-here').then((found) => found.DescribeHere),
);

/** A canvas without steps says what to do next. */
export function EmptyCanvas() {
  const { actions } = useSession();
  const canEdit = useCanEdit();
  if (!canEdit) {
    return (
      <div className="pointer-events-none absolute inset-0 z-10 flex items-center justify-center text-sm text-muted">
        This workflow has no steps yet.
      </div>
    );
  }
  return (
    <div className="pointer-events-none absolute inset-0 z-10 flex flex-col items-center justify-center gap-5">
      <div className="pointer-events-auto min-h-[132px] w-[min(36rem,calc(100%-2rem))] rounded-xl border bg-surface p-3">
        <DescribeHere />
      </div>
      <button
        type="button"
        data-tour="add"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          actions.openPalette({ screen: { x: box.right + 8, y: box.top }, middle: true });
        }}
        className="pointer-events-auto flex h-24 w-60 flex-col items-center justify-center gap-2 rounded-xl border border-dashed border-border-strong bg-surface text-muted transition-colors duration-100 hover:border-accent hover:text-fg"
      >
        <span className="flex size-9 items-center justify-center rounded-lg bg-accent-soft text-accent">
          <Plus className="size-5" aria-hidden />
        </span>
        <span className="text-sm font-medium text-fg">Add first step</span>
      </button>
      <div className="pointer-events-auto min-h-[162px]">
        <TemplateRow onChoose={(definition) => actions.insertWorkflow(definition)} />
      </div>
      <p className="flex items-center gap-1.5 text-xs text-faint">
        Press <Kbd>N</Kbd> anywhere to add a step, <Kbd>?</Kbd> for all keys
      </p>
    </div>
  );
}
