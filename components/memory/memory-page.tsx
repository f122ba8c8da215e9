'use client';

import { Brain, Plus } from 'lucide-react';
import { useRouter, useSearchParams } from 'next/navigation';
import { useDeferredValue, useState } from 'react';
import { useSpaces } from '@/components/data/memory-queries';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import type { MemorySpace } from '@/lib/memory/schema';
import { EntryDialog } from './entry-dialog';
import { NewSpace } from './new-space';
import { SearchResults } from './search-results';
import { SpaceList } from './space-list';
import { SpaceView } from './space-view';

/** What agents, workflows and people keep for each other. */
export function MemoryPage() {
  const spaces = useSpaces();
  const canEdit = useCan('memory.edit');
  const router = useRouter();
  const asked = useSearchParams();
  const [place, setPlace] = useState({
    space: asked.get('space') ?? '',
    path: asked.get('path') ?? '',
  });
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  const [adding, setAdding] = useState<'entry' | 'space'>();
  const items = spaces.data?.items ?? [];
  const space = items.find(({ key }) => key === place.space) ?? items[0];
  const open = (next: { space: string; path: string }) => {
    setPlace(next);
    setSearch('');
    const query = new URLSearchParams(next.path === '' ? { space: next.space } : next);
    router.replace(`/memory?${query}`, { scroll: false });
  };
  const actions = (
    <>
      <Input
        type="search"
        fieldSize="sm"
        aria-label="Search memory"
        placeholder="Search memory…"
        className="w-56 max-sm:w-32"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {canEdit ? (
        <Button size="sm" onClick={() => setAdding('space')}>
          <Plus aria-hidden /> New memory
        </Button>
      ) : null}
      {canEdit ? (
        <Button variant="primary" size="sm" onClick={() => setAdding('entry')}>
          <Plus aria-hidden /> Add entry
        </Button>
      ) : null}
    </>
  );
  return (
    <>
      <PageHeader title="Memory" actions={actions} />
      {spaces.data === undefined ? (
        <PageBody>
          {spaces.error ? (
            <ErrorState
              title="The memory could not be loaded"
              error={spaces.error}
              onRetry={() => void spaces.refetch()}
            />
          ) : (
            <div role="status" aria-label="Loading memory">
              <SkeletonRows rows={6} />
            </div>
          )}
        </PageBody>
      ) : q !== '' ? (
        <SearchResults q={q} onOpen={open} />
      ) : space === undefined ? (
        <PageBody>
          <EmptyState
            icon={<Brain aria-hidden />}
            title="Nothing is remembered yet"
            actions={
              canEdit ? <Button onClick={() => setAdding('entry')}>Add an entry</Button> : null
            }
          >
            Memory keeps values under a path for later runs, agents and people. Steps write it with
            Remember and read it with Recall.
          </EmptyState>
        </PageBody>
      ) : (
        <div className="flex min-h-0 flex-1">
          <div className="w-56 shrink-0 overflow-y-auto border-r max-lg:hidden">
            <SpaceList
              spaces={items}
              chosen={space.key}
              onChoose={(key) => open({ space: key, path: '' })}
            />
          </div>
          <div className="flex min-w-0 flex-1 flex-col">
            <div className="border-b px-4 py-2 lg:hidden">
              <SpaceSelect
                spaces={items}
                chosen={space.key}
                onChoose={(key) => open({ space: key, path: '' })}
              />
            </div>
            <SpaceView
              key={space.key}
              space={space}
              path={place.space === space.key ? place.path : ''}
              onOpen={(path) => open({ space: space.key, path })}
            />
          </div>
        </div>
      )}
      {adding === 'entry' ? (
        <EntryDialog
          space={space?.key ?? 'workspace'}
          onSaved={open}
          onClose={() => setAdding(undefined)}
        />
      ) : null}
      {adding === 'space' ? (
        <NewSpace
          onMade={(key) => open({ space: key, path: '' })}
          onClose={() => setAdding(undefined)}
        />
      ) : null}
    </>
  );
}

type SelectProps = { spaces: MemorySpace[]; chosen: string; onChoose: (key: string) => void };

function SpaceSelect({ spaces, chosen, onChoose }: SelectProps) {
  return (
    <Select
      aria-label="Memory"
      value={chosen}
      onValueChange={onChoose}
      options={spaces.map(({ key, title, entries }) => ({
        value: key,
        label: title,
        hint: String(entries),
      }))}
    />
  );
}
