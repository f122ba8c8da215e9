'use client';

import { useTriggers } from '@/components/data/trigger-queries';
import { useSession } from '@/components/session/session';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { plural } from '@/components/ui/format';
import type { Trigger } from '@/lib/triggers/contract';
import { showTriggers } from './parts/panel-state';
import { triggerKinds } from './parts/trigger-kinds';
import { triggerName } from './parts/trigger-words';
import { useUnfinished } from './parts/unfinished';

/** On the start step's card: what starts the workflow by itself just now. */
export function TriggerChip() {
  const { workflowId } = useSession();
  const { data } = useTriggers(workflowId);
  const on = data?.items.filter((one) => one.enabled) ?? [];
  const [unfinished] = useUnfinished();
  if (unfinished) return <Unfinished {...unfinished} />;
  if (on.length === 0) return null;
  return (
    <Tooltip label={`Starts automatically: ${on.map(triggerName).join('; ')}`}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Triggers: ${wordsOf(on)}`}
        onClick={() => showTriggers({ view: 'list' })}
        className="nodrag nopan absolute right-8 bottom-0 flex h-[18px] translate-y-1/2 items-center gap-1.5 rounded-full border border-border-strong bg-surface px-1.5 text-2xs font-medium text-success hover:bg-hover"
      >
        {triggerKinds.map(({ kind, icon: Icon }) => {
          const count = on.filter((one) => one.kind === kind).length;
          if (count === 0) return null;
          return (
            <span key={kind} className="flex items-center gap-1 tabular">
              <Icon aria-hidden className="size-2.5" strokeWidth={2.5} />
              {count > 1 ? count : kind}
            </span>
          );
        })}
      </button>
    </Tooltip>
  );
}

/** A trigger that was begun and not turned on: nothing starts the workflow by it yet. */
function Unfinished({ kind, icon: Icon, one }: (typeof triggerKinds)[number]) {
  return (
    <Tooltip label={`The ${one} is not turned on yet. Click to finish it.`}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Finish the ${one}`}
        onClick={() => showTriggers({ view: `new-${kind}` })}
        className="nodrag nopan absolute right-8 bottom-0 flex h-[18px] translate-y-1/2 items-center gap-1 rounded-full border border-border-strong border-dashed bg-surface px-1.5 text-2xs font-medium text-warning hover:bg-hover"
      >
        <Icon aria-hidden className="size-2.5" strokeWidth={2.5} />
        Finish {one}
      </button>
    </Tooltip>
  );
}

function wordsOf(on: readonly Trigger[]): string {
  return triggerKinds
    .map(({ kind, one }) => ({ count: on.filter((each) => each.kind === kind).length, one }))
    .filter(({ count }) => count > 0)
    .map(({ count, one }) => plural(count, one))
    .join(', ');
}
