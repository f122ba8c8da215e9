'use client';

import { Blocks, ListTree, PanelLeftClose, Search, Workflow } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useCanEdit, useLocal, useSession } from '@/components/session/session';
import type { LeftPanelView } from '@/components/session/state/local-state';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { ResizeHandle, usePanelSize } from '@/components/ui/controls/panel-size';
import { railItem } from '@/components/ui/controls/rail-item';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { focusSoon } from '@/components/ui/focus-soon';
import { later } from '@/components/ui/later';
import { AddPanel } from './add-panel';
import { WorkflowTree } from './workflow-tree';

/** What is not open from the start comes after the canvas. */
const FindPanel = later(
  () => import('../find/find-panel').then((found) => found.FindPanel),
  SkeletonRows,
);
const OutlinePanel = later(
  () => import('../outline/outline-panel').then((found) => found.OutlinePanel),
  SkeletonRows,
);

type View = {
  value: LeftPanelView;
  label: string;
  /** The word below its icon. */
  word: string;
  keys?: string[];
  icon: ReactNode;
  edits?: true;
};

const views: readonly View[] = [
  { value: 'workflows', label: 'Workflows', word: 'Workflows', icon: <Workflow /> },
  { value: 'steps', label: 'Add steps', word: 'Steps', icon: <Blocks />, edits: true },
  { value: 'outline', label: 'Outline', word: 'Outline', keys: ['O'], icon: <ListTree /> },
  { value: 'find', label: 'Find and replace', word: 'Find', keys: ['Mod', 'F'], icon: <Search /> },
];

/** Left of the canvas: a rail of views, and the one that is open: workflows, steps to add, outline, find. */
export function LeftPanel() {
  const { actions } = useSession();
  const canEdit = useCanEdit();
  const open = useLocal((local) => local.leftPanel);
  const shown = views.filter((view) => canEdit || !view.edits);
  const view = shown.find((each) => each.value === open);
  return (
    <div className="flex shrink-0 max-lg:relative">
      <nav
        aria-label="Editor panels"
        className="flex w-15 shrink-0 flex-col items-center gap-1 border-r bg-surface px-1 py-2 max-sm:hidden"
      >
        {shown.map(({ value, label, word, keys, icon }) => (
          <Tooltip key={value} label={label} keys={keys} side="right">
            <button
              type="button"
              aria-label={label}
              aria-pressed={value === view?.value}
              onClick={() => actions.showLeftPanel(value === view?.value ? undefined : value)}
              className={railItem}
            >
              {icon}
              <span aria-hidden>{word}</span>
            </button>
          </Tooltip>
        ))}
      </nav>
      {view ? <Panel view={view} /> : null}
    </div>
  );
}

function Panel({ view }: { view: View }) {
  const { actions } = useSession();
  const size = usePanelSize('ensemble.left-width', 256, 208, 480);
  const panel = useRef<HTMLElement>(null);
  const focusRequests = useLocal((local) => local.leftPanelFocus);
  const first = useRef(focusRequests === 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again for the same view, it takes the focus again
  useEffect(() => {
    // What was open when the page was loaded does not take the focus.
    if (first.current) {
      first.current = false;
      return;
    }
    return focusSoon(() => panel.current?.querySelector<HTMLElement>('[data-panel-focus], input'));
  }, [focusRequests, view.value]);
  return (
    <aside
      ref={panel}
      aria-label={view.label}
      style={{ width: size.value }}
      className={cn(
        'relative flex flex-col border-r bg-surface',
        'max-lg:absolute max-lg:inset-y-0 max-lg:left-15 max-lg:z-40 max-lg:shadow-pop',
        'max-sm:fixed max-sm:inset-0 max-sm:!w-full',
      )}
    >
      <header className="flex h-9 shrink-0 items-center justify-between border-b pr-1.5 pl-3">
        <h2 className="text-sm font-medium">{view.label}</h2>
        <IconButton label="Close" size="sm" onClick={() => actions.showLeftPanel(undefined)}>
          <PanelLeftClose />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col">
        {view.value === 'workflows' ? <WorkflowTree /> : null}
        {view.value === 'steps' ? <AddPanel /> : null}
        {view.value === 'outline' ? <OutlinePanel /> : null}
        {view.value === 'find' ? <FindPanel /> : null}
      </div>
      <ResizeHandle size={size} edge="right" label="Width of the left panel" />
    </aside>
  );
}
