'use client';

import { Tab, TabPanel, Tabs, TabsList } from '@/components/ui/tabs';
import type { InspectorTab } from '../local-state';
import { ResizeHandle, usePanelSize } from '../panel-size';
import { useLocal, useNodeProblems, useSession } from '../session';
import { ChatTab } from './chat-tab';
import { NodeSettings } from './node-settings';
import { RunsTab } from './runs-tab';
import { StepTab } from './step-tab';
import { ManySelected, WorkflowSettings } from './workflow-settings';

/** The panel on the right: settings of what is selected, its part in the run, runs, chat. */
export function Inspector() {
  const size = usePanelSize('ensemble.inspector-width', 360, 300, 720);
  const { actions } = useSession();
  const nodes = useLocal((local) => local.nodes);
  const tab = useLocal((local) => local.tab);
  const [first] = nodes;
  const single = nodes.size === 1 ? first : undefined;
  return (
    <aside
      aria-label="Inspector"
      className="relative flex shrink-0 flex-col border-l bg-surface max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-40 max-lg:max-w-[85%]"
      style={{ width: size.value }}
    >
      <ResizeHandle size={size} edge="left" label="Width of the inspector" />
      <Tabs
        value={tab}
        onValueChange={(next) => actions.openTab(next as InspectorTab)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabsList className="shrink-0 px-4" aria-label="Inspector">
          <Tab value="settings">
            Settings
            {single === undefined ? null : <ProblemCount nodeId={single} />}
          </Tab>
          <Tab value="data">Input/Output</Tab>
          <Tab value="runs">Runs</Tab>
          <Tab value="chat">Chat</Tab>
        </TabsList>
        <TabPanel value="settings" className="min-h-0 flex-1 overflow-y-auto">
          {single !== undefined ? (
            <NodeSettings key={single} nodeId={single} />
          ) : nodes.size > 1 ? (
            <ManySelected />
          ) : (
            <WorkflowSettings />
          )}
        </TabPanel>
        <TabPanel value="data" className="min-h-0 flex-1 overflow-y-auto">
          <StepTab nodeId={single} />
        </TabPanel>
        <TabPanel value="runs" className="min-h-0 flex-1 overflow-y-auto">
          <RunsTab />
        </TabPanel>
        <TabPanel value="chat" className="flex min-h-0 flex-1 flex-col">
          <ChatTab />
        </TabPanel>
      </Tabs>
    </aside>
  );
}

function ProblemCount({ nodeId }: { nodeId: string }) {
  const problems = useNodeProblems(nodeId);
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  if (errors === 0) return null;
  return (
    <span className="flex h-4 min-w-4 items-center justify-center rounded-full bg-danger-soft px-1 text-2xs font-medium text-danger tabular">
      {errors}
    </span>
  );
}
