'use client';

import { FileUp, FolderOpen, Search, Workflow } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useWorkflowList } from '@/components/data/workflow-queries';
import { useCan } from '@/components/shell/actor-context';
import { useNewWorkflow } from '@/components/shell/use-new-workflow';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { isFiltered, type ListView } from './list-view';
import { SelectionBar } from './selection-bar';
import { WorkflowRow } from './workflow-row';

type Props = {
  q: string;
  view: ListView;
  onView: (view: ListView) => void;
  onImport: () => void;
};

/** The workflows of a view, with what is chosen of them. */
export function WorkflowRows({ q, view, onView, onImport }: Props) {
  const { folder, tag, favourite, sort } = view;
  const workflows = useWorkflowList({
    q: q || undefined,
    folder,
    tag,
    favourite: favourite ? 'true' : undefined,
    sort,
  });
  const items = workflows.data?.pages.flatMap((page) => page.items);
  const { selected, toggle, clear } = useSelection(items?.map(({ id }) => id) ?? []);
  if (items === undefined) {
    return workflows.error ? (
      <ErrorState
        title="The workflows could not be loaded"
        error={workflows.error}
        onRetry={() => void workflows.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  if (items.length === 0) {
    if (q === '' && !isFiltered(view)) return <NoWorkflows onImport={onImport} />;
    return <NothingHere q={q} view={view} onView={onView} />;
  }
  const chosen = items.filter(({ id }) => selected.has(id));
  return (
    <>
      {chosen.length > 0 ? <SelectionBar selected={chosen} onClear={clear} /> : null}
      <ul aria-label="Workflows" className={cn(workflows.isPlaceholderData && 'opacity-60')}>
        {items.map((workflow) => (
          <WorkflowRow
            key={workflow.id}
            workflow={workflow}
            selecting={{
              on: chosen.length > 0,
              selected: selected.has(workflow.id),
              toggle: (range) => toggle(workflow.id, range),
            }}
            onTag={(next) => onView({ sort, tag: next })}
          />
        ))}
      </ul>
      {workflows.hasNextPage ? (
        <div className="flex justify-center p-4">
          <Button
            size="sm"
            loading={workflows.isFetchingNextPage}
            onClick={() => void workflows.fetchNextPage()}
          >
            Load more
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Which of the rows are chosen. Escape chooses none. */
function useSelection(ids: readonly string[]) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const some = selected.size > 0;
  useEffect(() => {
    if (!some) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]')) return;
      setSelected(new Set());
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [some]);
  return {
    selected,
    clear: () => setSelected(new Set()),
    toggle: (id: string, range: boolean) => {
      const next = new Set(selected);
      const from = range && last.current !== undefined ? ids.indexOf(last.current) : -1;
      const to = ids.indexOf(id);
      if (from >= 0) {
        for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
      } else if (!next.delete(id)) next.add(id);
      last.current = id;
      setSelected(next);
    },
  };
}

function NothingHere({ q, view, onView }: Omit<Props, 'onImport'>) {
  if (q !== '') {
    return (
      <EmptyState icon={<Search aria-hidden />} title={`No workflow matches “${q}”`}>
        {isFiltered(view) ? 'Only a part of the workflows was searched.' : null}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<FolderOpen aria-hidden />}
      title={view.favourite ? 'No favourites yet' : 'Nothing is here any more'}
      actions={
        <Button size="sm" onClick={() => onView({ sort: view.sort })}>
          Show all workflows
        </Button>
      }
    >
      {view.favourite
        ? 'The star of a workflow keeps it at hand here. Only you see your favourites.'
        : 'Its workflows were moved, or their tag was taken away.'}
    </EmptyState>
  );
}

function NoWorkflows({ onImport }: { onImport: () => void }) {
  const { create, pending } = useNewWorkflow();
  const canEdit = useCan('workflows.edit');
  return (
    <EmptyState
      icon={<Workflow aria-hidden />}
      title="No workflows yet"
      actions={
        canEdit ? (
          <>
            <Button size="sm" onClick={onImport}>
              <FileUp aria-hidden /> Import a file
            </Button>
            <Button size="sm" variant="primary" loading={pending} onClick={create}>
              Create a workflow
            </Button>
          </>
        ) : null
      }
    >
      A workflow connects agents, models, data and requests into automated steps. You can also drop
      a JSON or YAML file anywhere on this page.
    </EmptyState>
  );
}
