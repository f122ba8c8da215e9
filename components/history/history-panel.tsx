'use client';

import { useState } from 'react';
import type { useHistory } from '@/components/data/history-queries';
import { Switch } from '@/components/ui/controls/switch';
import { Tab, TabPanel, Tabs, TabsList } from '@/components/ui/controls/tabs';
import { EmptyState } from '@/components/ui/display/empty-state';
import { Label } from '@/components/ui/label';
import type { DefinitionDiff } from '@/lib/workflows/changes/diff';
import { ActivityList } from './activity-list';
import { Differences } from './differences';
import type { StateRef } from './states';
import { Timeline, type TimelineActions } from './timeline';

type Props = TimelineActions & {
  history: ReturnType<typeof useHistory>;
  diff: DefinitionDiff | undefined;
  types: ReadonlyMap<string, string>;
  shown: StateRef;
  /** What is picked on the canvas. */
  selected: string | undefined;
  /** Whether this person may read the audit trail. */
  audit: boolean;
};

/** Timeline, differences and audit trail beside the preview. */
export function HistoryPanel({ history, diff, types, shown, selected, audit, ...actions }: Props) {
  const [onlyStates, setOnlyStates] = useState(false);
  const count = diff ? diff.elements.length + (diff.meta.length > 0 ? 1 : 0) : undefined;
  return (
    <aside
      aria-label="History panel"
      className="flex min-h-0 w-[340px] shrink-0 flex-col border-l bg-surface max-lg:w-[300px] max-md:h-1/2 max-md:w-full max-md:border-t max-md:border-l-0"
    >
      <Tabs defaultValue="timeline" className="flex min-h-0 flex-1 flex-col">
        <TabsList className="h-11 shrink-0 px-4" aria-label="History">
          <Tab value="timeline">Timeline</Tab>
          <Tab value="differences" {...(count === undefined ? {} : { count })}>
            Differences
          </Tab>
          {audit ? <Tab value="audit">Audit</Tab> : null}
        </TabsList>
        <TabPanel value="timeline" className="flex min-h-0 flex-1 flex-col">
          <div className="flex h-9 shrink-0 items-center justify-between border-b px-4">
            <Label htmlFor="only-states" className="font-normal">
              Only named and published versions
            </Label>
            <Switch id="only-states" checked={onlyStates} onCheckedChange={setOnlyStates} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">
            <Timeline
              history={history}
              types={types}
              shown={shown}
              onlyStates={onlyStates}
              {...actions}
            />
          </div>
        </TabPanel>
        <TabPanel value="differences" className="min-h-0 flex-1 overflow-y-auto">
          {diff ? (
            <Differences diff={diff} types={types} selected={selected} onPick={actions.onPick} />
          ) : (
            <EmptyState title="Choose a state to compare">
              Choose another state under “Compared with”.
            </EmptyState>
          )}
        </TabPanel>
        {audit ? (
          <TabPanel value="audit" className="min-h-0 flex-1 overflow-y-auto">
            <ActivityList />
          </TabPanel>
        ) : null}
      </Tabs>
    </aside>
  );
}
