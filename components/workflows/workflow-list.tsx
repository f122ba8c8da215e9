'use client';

import { ArrowUpDown, FolderTree, Search, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { DescribeDialog } from '@/components/from-words/describe-dialog';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { DropdownMenu, DropdownMenuChoice } from '@/components/ui/overlays/dropdown-menu';
import { Popover } from '@/components/ui/overlays/popover';
import { useMedia } from '@/components/ui/use-media';
import { UnsavedLine } from '@/components/unsaved/unsaved-later';
import { workflowSorts } from '@/lib/workflows/contract';
import { CreateMenu } from './create-menu';
import { FilterLine } from './filter-line';
import { ImportDialog } from './import-dialog';
import { LabelsNav } from './labels-nav';
import { type ListView, useListView } from './list-view';
import { useImport } from './use-import';
import { WorkflowRows } from './workflow-rows';

/** All workflows of the workspace: to search, sort, put in folders, open, create, import and delete. */
export function WorkflowList() {
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  const [view, setView] = useListView();
  const [importOpen, setImportOpen] = useState(useSearchParams().has('import'));
  const [describeOpen, setDescribeOpen] = useState(useSearchParams().has('describe'));
  const folder = view.folder || undefined;
  const importing = useImport(folder, () => setImportOpen(false));
  const canEdit = useCan('workflows.edit');
  const wide = useMedia('(min-width: 1024px)');
  const labels = <LabelsNav view={view} onView={setView} />;
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
            {wide ? null : <NarrowLabels>{labels}</NarrowLabels>}
            <SortMenu view={view} onView={setView} />
            <Tooltip label="Trash">
              <Link
                href="/workflows/trash"
                aria-label="Trash"
                className="flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-fg"
              >
                <Trash2 className="size-4" aria-hidden />
              </Link>
            </Tooltip>
            {canEdit ? (
              <CreateMenu
                folder={folder}
                onImport={() => setImportOpen(true)}
                onDescribe={() => setDescribeOpen(true)}
              />
            ) : null}
          </>
        }
      />
      <div className="flex min-h-0 flex-1">
        {wide ? <div className="w-52 shrink-0 overflow-y-auto border-r">{labels}</div> : null}
        <DropArea
          enabled={canEdit}
          onFile={(file) => {
            setImportOpen(true);
            void importing.read(file);
          }}
        >
          <UnsavedLine className="border-b px-4 py-2" />
          <FilterLine view={view} onView={setView} />
          <WorkflowRows q={q} view={view} onView={setView} onImport={() => setImportOpen(true)} />
        </DropArea>
      </div>
      <DescribeDialog open={describeOpen} onOpenChange={setDescribeOpen} folder={folder} />
      <ImportDialog open={importOpen} onOpenChange={setImportOpen} importing={importing} />
    </>
  );
}

function NarrowLabels({ children }: { children: ReactNode }) {
  return (
    <Popover
      label="Folders and tags"
      align="end"
      className="max-h-96 w-64 overflow-y-auto p-0"
      trigger={
        <IconButton label="Folders and tags">
          <FolderTree />
        </IconButton>
      }
    >
      {children}
    </Popover>
  );
}

const sortNames = { updated: 'Last changed', name: 'Name', created: 'Newest' } as const;

type ViewProps = { view: ListView; onView: (view: ListView) => void };

function SortMenu({ view, onView }: ViewProps) {
  return (
    <DropdownMenu
      align="end"
      trigger={
        <IconButton label={`Sort: ${sortNames[view.sort]}`}>
          <ArrowUpDown />
        </IconButton>
      }
    >
      <DropdownMenuChoice
        value={view.sort}
        onValueChange={(value) => {
          const sort = workflowSorts.find((each) => each === value);
          if (sort) onView({ ...view, sort });
        }}
        options={workflowSorts.map((value) => ({ value, label: sortNames[value] }))}
      />
    </DropdownMenu>
  );
}

type DropAreaProps = { enabled: boolean; onFile: (file: File) => void; children: ReactNode };

/** Takes a file that is dropped anywhere on the list; the menu offers the same by keyboard. */
function DropArea({ enabled, onFile, children }: DropAreaProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: "Import" in the menu does the same by keyboard
    <div
      className="relative flex min-h-0 min-w-0 flex-1 flex-col"
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
