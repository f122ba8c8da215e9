'use client';

import { Tabs as Radix } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useLocal, useSession } from '@/components/session/session';
import type { InspectorTab } from '@/components/session/state/local-state';
import { usePanelSize } from '@/components/ui/controls/panel-size';
import { railItem } from '@/components/ui/controls/rail-item';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { later } from '@/components/ui/later';
import { inspectorTabs } from './inspector-tabs';

/** The room of the panel while its code is under way, so that the canvas moves once. */
function PanelSoon() {
  const { value } = usePanelSize('ensemble.inspector-width', 384, 300, 720);
  return (
    <aside
      aria-label="Inspector"
      className="shrink-0 border-l bg-surface max-[56.3125rem]:hidden"
      style={{ width: value }}
    />
  );
}

const Panel = later(
  () => import('./inspector-panel').then((found) => found.InspectorPanel),
  PanelSoon,
);

/**
 * The panel on the right: settings of what is selected, its part in the run, runs, chat. A rail of its tabs
 * while there is nothing to show, so that the canvas has the room.
 */
export function Inspector() {
  return useOpen() ? <Panel /> : <Rail />;
}

/** Whether the panel is open. It waits for a pressed pointer: the canvas must not change under a drag. */
function useOpen(): boolean {
  const session = useSession();
  const wanted = useLocal(
    ({ panel, nodes }) => panel === 'open' || (panel === 'auto' && nodes.size > 0),
  );
  const [open, setOpen] = useState(wanted);
  const [pressed, setPressed] = useState(false);
  useEffect(() => {
    const onDown = () => setPressed(true);
    // The click that follows comes first.
    const onUp = () => setTimeout(() => setPressed(false), 0);
    addEventListener('pointerdown', onDown, true);
    addEventListener('pointerup', onUp, true);
    addEventListener('pointercancel', onUp, true);
    return () => {
      removeEventListener('pointerdown', onDown, true);
      removeEventListener('pointerup', onUp, true);
      removeEventListener('pointercancel', onUp, true);
    };
  }, []);
  useEffect(() => {
    if (!pressed) setOpen(wanted);
  }, [wanted, pressed]);
  const single = useLocal(({ nodes }) => (nodes.size === 1 ? [...nodes][0] : undefined));
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (pressed) return;
    const next = open ? single : undefined;
    if (next !== undefined && next !== shown.current) {
      // Two frames: the canvas has its new size then.
      requestAnimationFrame(() => requestAnimationFrame(() => session.actions.reveal([next])));
    }
    shown.current = next;
  }, [session, open, single, pressed]);
  return open;
}

function Rail() {
  const { actions } = useSession();
  return (
    <aside
      aria-label="Inspector"
      className="w-17 shrink-0 border-l bg-surface max-sm:w-full max-sm:border-t max-sm:border-l-0"
    >
      <Radix.Root
        value=""
        orientation="vertical"
        activationMode="manual"
        onValueChange={(next) => actions.openTab(next as InspectorTab)}
      >
        <Radix.List
          aria-label="Inspector"
          className="flex flex-col items-center gap-1 px-1 py-2 max-sm:flex-row max-sm:justify-around max-sm:py-1"
        >
          {inspectorTabs.map(({ value, label, word = label, icon }) => (
            <Tooltip key={value} label={label} side="left">
              <Radix.Trigger value={value} aria-label={label} className={railItem}>
                {icon}
                <span aria-hidden>{word}</span>
              </Radix.Trigger>
            </Tooltip>
          ))}
        </Radix.List>
      </Radix.Root>
    </aside>
  );
}
