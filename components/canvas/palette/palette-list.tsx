'use client';

import { useMemo, useState } from 'react';
import { NodeIcon } from '@/components/icons/node-icon';
import { useObservable } from '@/components/observable/use-observable';
import { recentTypes } from '@/components/session/actions/recent-types';
import { useSession } from '@/components/session/session';
import { showTriggers } from '@/components/triggers/parts/panel-state';
import {
  Command,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/overlays/command';
import { catalogue } from '@/lib/nodes/catalogue';
import { nodeGroups } from '@/lib/nodes/node-type/define-node';
import { type Findable, findSteps, nearestSteps } from '@/lib/nodes/node-type/find-steps';
import { findableNote, findableTriggers, type TriggerType } from '@/lib/triggers/findable';

/** Media type of a step that is dragged from the palette. */
export const dragType = 'application/x-ensemble-step';

/** Where in the triggers' panel each is made. */
const madeIn = {
  'trigger-schedule': 'new-schedule',
  'trigger-webhook': 'new-webhook',
  'trigger-chat': 'new-chat',
  'trigger-form': 'new-form',
  'trigger-mail': 'new-mail',
} as const satisfies Record<TriggerType, string>;

type Props = {
  /** Only what can stand after an output (`after`), or before an input. */
  fits?: 'after' | 'before';
  autoFocus?: boolean;
  listClassName?: string;
  onChoose: (type: string) => void;
};

/** Steps and triggers, grouped, and found by other words, too; those used last stand on top. */
export function PaletteList({ fits, autoFocus, listClassName, onChoose }: Props) {
  const [search, setSearch] = useState('');
  const session = useSession();
  const { actions } = session;
  const choose = (type: string) => {
    const trigger = findableTriggers.find((each) => each.type === type);
    if (!trigger && type !== findableNote.type) return onChoose(type);
    // What starts a workflow is no step: the step that it gives its input to comes with it.
    if (trigger && session.graph.get().nodes.size === 0) onChoose('start');
    actions.closePalette();
    if (trigger) showTriggers({ view: madeIn[trigger.type] });
    else actions.addNote();
  };
  return (
    <Command label="Steps" shouldFilter={false} className="flex min-h-0 flex-col">
      <CommandInput
        value={search}
        onValueChange={setSearch}
        placeholder="Search steps…"
        autoFocus={autoFocus}
        className="h-9 text-sm"
      />
      <CommandList className={listClassName}>
        {search.trim() === '' ? (
          <AllSteps fits={fits} onChoose={choose} />
        ) : (
          <Found fits={fits} search={search} onChoose={choose} />
        )}
      </CommandList>
    </Command>
  );
}

type ListProps = Pick<Props, 'fits' | 'onChoose'>;

function useSteps(fits: Props['fits']): Findable[] {
  return useMemo(
    () => Object.values(catalogue).filter((type) => fits !== 'after' || type.accepts !== false),
    [fits],
  );
}

function AllSteps({ fits, onChoose }: ListProps) {
  const steps = useSteps(fits);
  const recent = useObservable(recentTypes);
  const latest = recent
    .flatMap((name) => steps.find(({ type }) => type === name) ?? [])
    .slice(0, 3);
  // Nothing leads from a step to a trigger.
  const shown: Findable[] = fits === undefined ? [...steps, ...findableTriggers] : steps;
  return (
    <>
      {latest.length > 0 ? (
        <CommandGroup heading="Recent">
          {latest.map((step) => (
            <Item key={step.type} step={step} prefix="recent" onChoose={onChoose} />
          ))}
        </CommandGroup>
      ) : null}
      {nodeGroups.map((group) => {
        const members = shown.filter((step) => step.group === group);
        return members.length === 0 ? null : (
          <CommandGroup key={group} heading={group}>
            {members.map((step) => (
              <Item key={step.type} step={step} prefix={group} onChoose={onChoose} />
            ))}
          </CommandGroup>
        );
      })}
    </>
  );
}

function Found({ fits, search, onChoose }: ListProps & { search: string }) {
  const steps = useSteps(fits);
  const all: Findable[] = [...steps, ...findableTriggers, findableNote];
  const found = findSteps(search, all);
  if (found.length > 0)
    return (
      <CommandGroup>
        {found.map(({ step, why }) => (
          <Item key={step.type} step={step} why={why} prefix="found" onChoose={onChoose} />
        ))}
      </CommandGroup>
    );
  const near = nearestSteps(search, all);
  const http = steps.filter(
    ({ type }) => type === 'http' && near.every(({ step }) => step.type !== type),
  );
  return (
    <>
      <p className="px-3 py-4 text-center text-sm text-muted">No matching step.</p>
      {near.length > 0 ? (
        <CommandGroup heading="Did you mean">
          {near.map(({ step, why }) => (
            <Item key={step.type} step={step} why={why} prefix="near" onChoose={onChoose} />
          ))}
        </CommandGroup>
      ) : null}
      <CommandGroup heading="Any service with an API">
        {http.map((step) => (
          <Item key={step.type} step={step} prefix="api" onChoose={onChoose} />
        ))}
      </CommandGroup>
    </>
  );
}

type ItemProps = {
  step: Findable;
  why?: string | undefined;
  prefix: string;
  onChoose: (type: string) => void;
};

function Item({ step, why, prefix, onChoose }: ItemProps) {
  const { type, title, summary, icon, group } = step;
  const shown = why === undefined || why === title.toLowerCase() ? undefined : why;
  return (
    <CommandItem
      value={`${prefix} ${title}`}
      draggable={type in catalogue}
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onSelect={() => onChoose(type)}
      className="h-auto items-start gap-2.5 py-1.5"
    >
      <NodeIcon icon={icon} group={group} size="sm" />
      <span className="min-w-0">
        <span className="block truncate text-sm leading-4.5">
          {shown === undefined ? null : <span className="text-faint">{shown} → </span>}
          {title}
        </span>
        <span className="line-clamp-2 text-xs leading-4 text-faint">{summary}</span>
      </span>
    </CommandItem>
  );
}
