'use client';

import { CalendarClock } from 'lucide-react';
import { useTriggers } from '@/components/data/trigger-queries';
import { useSession } from '@/components/session/session';
import { WordButton } from '@/components/ui/controls/word-button';
import { showTriggers, useShownTriggers } from './parts/panel-state';

/** Opens what starts the workflow by itself; a dot says that something does. */
export function TriggersButton() {
  const { workflowId } = useSession();
  const { data } = useTriggers(workflowId);
  const open = useShownTriggers() !== undefined;
  const on = data?.items.filter((one) => one.enabled).length ?? 0;
  return (
    <WordButton
      label={on > 0 ? `Triggers, ${on} on` : 'Triggers'}
      word="Triggers"
      aria-pressed={open}
      onClick={() => showTriggers({ view: 'list' })}
    >
      <CalendarClock />
      {on > 0 ? (
        <span
          aria-hidden
          className="absolute top-1 left-5 size-1.5 rounded-full bg-success ring-2 ring-surface"
        />
      ) : null}
    </WordButton>
  );
}
