'use client';

import { FileUp, Search, Trash2, Workflow } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useWorkflows } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { useNewWorkflow } from '@/components/shell/use-new-workflow';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { UnsavedLine } from '@/components/unsaved/unsaved-line';
import { CreateMenu } from './create-menu';
import { ImportDialog } from './import-dialog';
import { useImport } from './use-import';
import { WorkflowRow } from './workflow-row';

/** All workflows of the workspace, to search, open, create, import and delete. */
export function WorkflowList() {
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  const [importOpen, setImportOpen] = useState(useSearchParams().has('import'));
  const importing = useImport(() => setImportOpen(false));
  const canEdit = useCan('workflows.edit');
  return (
    <>
      <PageHeader
        title="Workflows"
        actions={
          <>
            <div className="relative">
              <Search
                aria-hidden
                className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint"
              />
              <Input
                type="search"
                aria-label="Search workflows"
                placeholder="Search…"
                fieldSize="sm"
                className="w-44 pl-7"
                value={search}
                onChange={(event) => setSearch(event.target.value)}
              />
            </div>
            <Tooltip label="Trash">
              <Link
                href="/workflows/trash"
                aria-label="Trash"
                className="flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
              >
                <Trash2 className="size-4" aria-hidden />
              </Link>
            </Tooltip>
            {canEdit ? <CreateMenu onImport={() => setImportOpen(true)} /> : null}
          </>
        }
      />
      <DropArea
        enabled={canEdit}
        onFile={(file) => {
          setImportOpen(true);
          void importing.read(file);
        }}
      >
        <UnsavedLine className="border-b px-4 py-2" />
        <Rows q={q} onImport={() => setImportOpen(true)} />
      </DropArea>
      <ImportDialog open={importOpen} onOpenChange={setImportOpen} importing={importing} />
    </>
  );
}

function Rows({ q, onImport }: { q: string; onImport: () => void }) {
  const workflows = useWorkflows(q);
  const items = workflows.data?.pages.flatMap((page) => page.items);
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
    return q === '' ? (
      <NoWorkflows onImport={onImport} />
    ) : (
      <EmptyState icon={<Search aria-hidden />} title={`No workflow matches “${q}”`} />
    );
  }
  return (
    <>
      <ul aria-label="Workflows" className={cn(workflows.isPlaceholderData && 'opacity-60')}>
        {items.map((workflow) => (
          <WorkflowRow key={workflow.id} workflow={workflow} />
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

type DropAreaProps = { enabled: boolean; onFile: (file: File) => void; children: ReactNode };

/** Takes a file that is dropped anywhere on the list; the menu offers the same by keyboard. */
function DropArea({ enabled, onFile, children }: DropAreaProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: "Import" in the menu does the same by keyboard
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragOver={(event) => {
        if (!enabled || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (enabled && file) onFile(file);
      }}
    >
      <PageBody>{children}</PageBody>
      {over ? (
        <div className="pointer-events-none absolute inset-2 flex items-center justify-center rounded-lg border border-dashed border-accent bg-accent-soft/90 font-medium text-accent">
          Drop to import
        </div>
      ) : null}
    </div>
  );
}
