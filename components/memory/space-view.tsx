'use client';

import { useState } from 'react';
import { Tab, TabPanel, Tabs, TabsList } from '@/components/ui/controls/tabs';
import type { MemorySpace } from '@/lib/memory/schema';
import { ChangeFeed } from './change-feed';
import { CheckpointList } from './checkpoint-list';
import { ConflictCards } from './conflict-cards';
import { EntryPanel } from './entry-panel';
import { EntryTree } from './entry-tree';
import { LockList } from './lock-list';
import { SpaceMenu } from './space-menu';

type Props = { space: MemorySpace; path: string; onOpen: (path: string) => void };

/** One memory: its entries as a tree, what changed, its checkpoints, and what waits for a decision. */
export function SpaceView({ space, path, onOpen }: Props) {
  const [tab, setTab] = useState(space.conflicts > 0 && path === '' ? 'conflicts' : 'entries');
  const show = (next: string) => {
    setTab('entries');
    onOpen(next);
  };
  return (
    <Tabs value={tab} onValueChange={setTab} className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center border-b px-4">
        <TabsList className="-mb-px min-w-0 flex-1 overflow-x-auto border-b-0">
          <Tab value="entries" count={space.entries}>
            Entries
          </Tab>
          <Tab value="changes">Changes</Tab>
          <Tab value="checkpoints">Checkpoints</Tab>
          <Tab value="locks">Locks</Tab>
          <Tab value="conflicts" count={space.conflicts}>
            Conflicts
          </Tab>
        </TabsList>
        <SpaceMenu space={space} />
      </div>
      <TabPanel value="entries" className="flex min-h-0 flex-1">
        <div className={`min-w-0 flex-1 overflow-y-auto ${path === '' ? '' : 'max-md:hidden'}`}>
          <EntryTree space={space.key} chosen={path} onOpen={onOpen} />
        </div>
        {path === '' ? null : (
          <aside
            aria-label={path}
            className="w-[26rem] shrink-0 overflow-y-auto border-l bg-surface max-md:w-full max-md:border-l-0"
          >
            <EntryPanel key={path} space={space.key} path={path} onClose={() => onOpen('')} />
          </aside>
        )}
      </TabPanel>
      <TabPanel value="changes" className="min-h-0 flex-1 overflow-y-auto">
        <ChangeFeed space={space.key} onOpen={show} />
      </TabPanel>
      <TabPanel value="checkpoints" className="min-h-0 flex-1 overflow-y-auto">
        <CheckpointList space={space.key} />
      </TabPanel>
      <TabPanel value="locks" className="min-h-0 flex-1 overflow-y-auto">
        <LockList space={space.key} />
      </TabPanel>
      <TabPanel value="conflicts" className="min-h-0 flex-1 overflow-y-auto">
        <ConflictCards space={space.key} onOpen={show} />
      </TabPanel>
    </Tabs>
  );
}
