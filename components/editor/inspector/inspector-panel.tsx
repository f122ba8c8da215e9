'use client';

import { PanelRightClose } from 'lucide-react';
import { CommentsTab, UnreadCount } from '@/components/comments/comments-tab';
import { useLocal, useNodeProblems, useSession } from '@/components/session/session';
import type { InspectorTab } from '@/components/session/state/local-state';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { ResizeHandle, usePanelSize } from '@/components/ui/controls/panel-size';
import { Tab, TabPanel, Tabs, TabsList } from '@/components/ui/controls/tabs';
import { ChatTab } from './chat-tab';
import { inspectorTabs } from './inspector-tabs';
import { NodeSettings } from './node-settings';
import { RunsTab } from './runs-tab';
import { StepTab } from './step-tab';
import { ManySelected, WorkflowSettings } from './workflow-settings';

/** The tabs of the inspector, open: most of the editor's forms, so its code comes after the canvas. */
export function InspectorPanel() {
  const size = usePanelSize('ensemble.inspector-width', 384, 300, 720);
  const sheet = usePanelSize('ensemble.inspector-height', 360, 200, 700);
  const focused = useLocal((local) => local.focused !== undefined);
  const { actions } = useSession();
  const nodes = useLocal((local) => local.nodes);
  const tab = useLocal((local) => local.tab);
  const [first] = nodes;
  const single = nodes.size === 1 ? first : undefined;
  return (
    <aside
      aria-label="Inspector"
      data-inspector
      className={cn(
        'relative flex w-(--width) shrink-0 flex-col border-l bg-surface',
        'max-lg:absolute max-lg:z-40 max-lg:shadow-pop min-[56.3125rem]:inset-y-0 min-[56.3125rem]:right-0 min-[56.3125rem]:max-lg:max-w-[85%]',
        // A sheet from below: the canvas keeps its width.
        'max-[56.3125rem]:inset-x-0 max-[56.3125rem]:bottom-0 max-[56.3125rem]:h-(--height) max-[56.3125rem]:max-h-[75%] max-[56.3125rem]:w-full max-[56.3125rem]:max-w-full max-[56.3125rem]:rounded-t-xl max-[56.3125rem]:border-t max-[56.3125rem]:border-l-0',
      )}
      style={
        { '--width': `${size.value}px`, '--height': `${sheet.value}px` } as React.CSSProperties
      }
    >
      <div className="contents max-[56.3125rem]:hidden">
        <ResizeHandle size={size} edge="left" label="Width of the inspector" />
      </div>
      <div className="hidden max-[56.3125rem]:contents">
        <ResizeHandle size={sheet} edge="top" label="Height of the inspector" />
      </div>
      <Tabs
        value={tab}
        onValueChange={(next) => actions.openTab(next as InspectorTab)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="flex h-9 shrink-0 items-center border-b pr-1.5">
          <TabsList
            className="min-w-0 flex-1 overflow-x-auto gap-2.5 border-b-0 px-3 [scrollbar-width:none]"
            aria-label="Inspector"
          >
            {inspectorTabs.map(({ value, label }) => (
              <Tab key={value} value={value}>
                {label}
                {value === 'settings' && single !== undefined ? (
                  <ProblemCount nodeId={single} />
                ) : null}
                {value === 'comments' ? <UnreadCount /> : null}
              </Tab>
            ))}
          </TabsList>
          <IconButton label="Close the panel" size="sm" onClick={actions.closeInspector}>
            <PanelRightClose />
          </IconButton>
        </div>
        <TabPanel value="settings" className="min-h-0 flex-1 overflow-y-auto">
          {single !== undefined && focused ? (
            <p className="p-4 text-sm text-muted">This step is in full screen.</p>
          ) : single !== undefined ? (
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
        <TabPanel value="comments" className="flex min-h-0 flex-1 flex-col">
          <CommentsTab nodeId={single} />
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
