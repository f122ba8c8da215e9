'use client';

import { Check, ChevronDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useCallable } from '@/components/data/queries';
import { cn } from '@/components/ui/cn';
import { fieldStyles } from '@/components/ui/controls/input';
import {
  Command,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/overlays/command';
import { Popover } from '@/components/ui/overlays/popover';
import type { ResultOf } from '@/lib/api/define-route';
import type { listCallable } from '@/lib/workflows/contract';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

const quietMs = 150;

type Item = ResultOf<typeof listCallable>['items'][number];

const reasons = {
  itself: 'is this workflow',
  unpublished: 'not published',
  recursion: 'would run this workflow in a loop',
} as const;

/** Chooses a workflow of the workspace, found by name; those that cannot be run say why. */
export function WorkflowPicker({ field, value, path, id, noteId, invalid }: ControlProps) {
  const host = useFormHost();
  const [open, setOpen] = useState(false);
  const chosen = typeof value === 'string' && value !== '' ? value : undefined;
  const { data, isPending, error } = useCallable(
    { by: host.workflowId, id: chosen },
    chosen !== undefined,
  );
  const found = data?.items.find((item) => item.id === chosen);
  const label =
    found?.name ?? (error || !isPending ? 'A workflow that is not in this workspace' : 'Loading…');
  return (
    <>
      <Popover
        label={field.title}
        open={open}
        onOpenChange={setOpen}
        className="w-(--radix-popover-trigger-width) min-w-64 p-0"
        trigger={
          <button
            type="button"
            id={id}
            role="combobox"
            aria-expanded={open}
            aria-label={field.title}
            aria-describedby={noteId}
            aria-invalid={invalid || undefined}
            disabled={host.readOnly}
            className={cn(
              fieldStyles,
              'inline-flex h-8 items-center justify-between gap-2 px-2.5 text-left',
            )}
          >
            <span className={cn('min-w-0 truncate', chosen === undefined && 'text-faint')}>
              {chosen === undefined ? 'Choose a workflow…' : label}
            </span>
            <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
          </button>
        }
      >
        <Search
          by={host.workflowId}
          chosen={chosen}
          onChoose={(next) => {
            host.set(path, next);
            setOpen(false);
          }}
        />
      </Popover>
      {found?.blocked ? (
        <p role="alert" className="text-xs text-warning">
          It cannot be used here: {reasons[found.blocked]}.
        </p>
      ) : null}
    </>
  );
}

type SearchProps = {
  by: string | undefined;
  chosen: string | undefined;
  onChoose: (id: string) => void;
};

function Search({ by, chosen, onChoose }: SearchProps) {
  const [text, setText] = useState('');
  const [q, setQ] = useState('');
  // What is typed fast asks once, at its end.
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), quietMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error, isPlaceholderData } = useCallable({ by, q: q || undefined });
  const items = data?.items ?? [];
  return (
    <Command shouldFilter={false} label="Workflows">
      <CommandInput
        value={text}
        onValueChange={setText}
        maxLength={200}
        placeholder="Find a workflow"
        className="h-9 text-sm"
      />
      <CommandList aria-busy={isPlaceholderData}>
        {data === undefined || items.length === 0 ? (
          <p role="status" className="px-3 py-6 text-center text-sm text-muted">
            {error
              ? 'The workflows could not be loaded.'
              : data === undefined
                ? 'Loading…'
                : q === ''
                  ? 'There are no workflows yet.'
                  : 'No matching workflow.'}
          </p>
        ) : (
          <CommandGroup>
            {items.map((item) => (
              <Option key={item.id} item={item} chosen={chosen} onChoose={onChoose} />
            ))}
          </CommandGroup>
        )}
        {data?.more ? (
          <p className="px-2 py-1.5 text-xs text-faint">More results: type part of the name.</p>
        ) : null}
      </CommandList>
    </Command>
  );
}

type OptionProps = Pick<SearchProps, 'chosen' | 'onChoose'> & { item: Item };

function Option({ item, chosen, onChoose }: OptionProps) {
  const { id, name, liveVersion, blocked } = item;
  return (
    <CommandItem
      value={id}
      disabled={blocked !== null}
      onSelect={() => onChoose(id)}
      // Dimmed by its colour alone: the reason must stay readable.
      className={cn(blocked && 'text-faint data-[disabled=true]:opacity-100')}
    >
      <Check aria-hidden className={cn('!size-3.5', id === chosen ? 'opacity-100' : 'opacity-0')} />
      <span className="min-w-0 truncate">{name}</span>
      <span className="ml-auto shrink-0 text-xs text-faint tabular">
        {blocked ? reasons[blocked] : `version ${liveVersion}`}
      </span>
    </CommandItem>
  );
}
