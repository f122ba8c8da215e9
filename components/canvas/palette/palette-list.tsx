'use client';

import { useMemo, useState } from 'react';
import { NodeIcon } from '@/components/icons/node-icon';
import { useObservable } from '@/components/observable/use-observable';
import { recentTypes } from '@/components/session/actions/recent-types';
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/overlays/command';
import { catalogue } from '@/lib/nodes/catalogue';
import { type NodeType, nodeGroups } from '@/lib/nodes/node-type/define-node';

/** Media type of a step that is dragged from the palette. */
export const dragType = 'application/x-ensemble-step';

/** How well a step fits a search: its title first, then its words. Others are out. */
function rank(value: string, search: string, keywords: string[] = []): number {
  const wanted = search.trim().toLowerCase();
  const title = value.slice(value.indexOf(' ') + 1).toLowerCase();
  if (title.startsWith(wanted)) return 1;
  if (title.includes(wanted)) return 0.8;
  return keywords.some((word) => word.toLowerCase().includes(wanted)) ? 0.4 : 0;
}

type Props = {
  /** Only what can stand after an output (`after`), or before an input. */
  fits?: 'after' | 'before';
  autoFocus?: boolean;
  listClassName?: string;
  onChoose: (type: string) => void;
};

/** Every kind of step, grouped and searchable; the ones used last stand on top. */
export function PaletteList({ fits, autoFocus, listClassName, onChoose }: Props) {
  const [search, setSearch] = useState('');
  const recent = useObservable(recentTypes);
  const types = useMemo(
    () => Object.values(catalogue).filter((type) => fits !== 'after' || type.accepts !== false),
    [fits],
  );
  const latest = recent
    .map((name) => types.find((type) => type.type === name))
    .filter((type) => type !== undefined)
    .slice(0, 3);
  return (
    <Command label="Steps" filter={rank} className="flex min-h-0 flex-col">
      <CommandInput
        value={search}
        onValueChange={setSearch}
        placeholder="Search steps…"
        autoFocus={autoFocus}
        className="h-9 text-sm"
      />
      <CommandList className={listClassName}>
        <CommandEmpty>No matching step. Try “model”, “http” or “if”.</CommandEmpty>
        {latest.length > 0 && search === '' ? (
          <CommandGroup heading="Recent">
            {latest.map((type) => (
              <Item key={type.type} type={type} prefix="recent" onChoose={onChoose} />
            ))}
          </CommandGroup>
        ) : null}
        {nodeGroups.map((group) => {
          const members = types.filter((type) => type.group === group);
          return members.length === 0 ? null : (
            <CommandGroup key={group} heading={group}>
              {members.map((type) => (
                <Item key={type.type} type={type} prefix={group} onChoose={onChoose} />
              ))}
            </CommandGroup>
          );
        })}
      </CommandList>
    </Command>
  );
}

type ItemProps = { type: NodeType; prefix: string; onChoose: (type: string) => void };

function Item({ type, prefix, onChoose }: ItemProps) {
  return (
    <CommandItem
      value={`${prefix} ${type.title}`}
      keywords={[type.type, type.group, type.summary]}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(dragType, type.type);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onSelect={() => onChoose(type.type)}
      className="h-auto gap-2.5 py-1.5"
    >
      <NodeIcon icon={type.icon} group={type.group} size="sm" />
      <span className="min-w-0">
        <span className="block truncate text-sm leading-4.5">{type.title}</span>
        <span className="block truncate text-xs leading-4 text-faint">{type.summary}</span>
      </span>
    </CommandItem>
  );
}
