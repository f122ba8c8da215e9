'use client';

import { Check, ListPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTools, useToolsOf } from '@/components/data/tool-queries';
import { cn } from '@/components/ui/cn';
import { Badge } from '@/components/ui/display/badge';
import {
  Command,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/overlays/command';
import type { ToolView } from '@/lib/tools/contract';
import { toolSources } from '@/lib/tools/define-tool';
import { toolGroup } from '@/lib/tools/tool-group';
import { effects, risks, sources } from './effects';

const quietMs = 150;

type Props = {
  chosen: readonly string[];
  onChoose: (tool: ToolView) => void;
  /** Takes all tools of a server or service at once; absent: one is chosen. */
  onChooseAll?: (tools: readonly ToolView[]) => void;
};

/** Finds a tool by words; each says what it changes, how risky that is, and whether it works now. */
export function ToolMenu({ chosen, onChoose, onChooseAll }: Props) {
  const [text, setText] = useState('');
  const [q, setQ] = useState('');
  // What is typed fast asks once, at its end.
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), quietMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error, isPlaceholderData } = useTools({ q: q || undefined, limit: 60 });
  const items = data?.items ?? [];
  return (
    <Command shouldFilter={false} label="Tools">
      <CommandInput
        value={text}
        onValueChange={setText}
        maxLength={200}
        placeholder="Find a tool, workflow, table or service"
        className="h-9 text-sm"
      />
      <CommandList aria-busy={isPlaceholderData} className="max-h-80">
        {items.length === 0 ? (
          <p role="status" className="px-3 py-6 text-center text-sm text-muted">
            {error ? 'The tools could not be loaded.' : data ? 'No matching tool.' : 'Loading…'}
          </p>
        ) : (
          toolSources.map((source) => {
            const own = items.filter((tool) => tool.source === source);
            return own.length === 0 ? null : (
              <CommandGroup key={source} heading={sources[source]}>
                {onChooseAll ? <Groups tools={own} onChooseAll={onChooseAll} /> : null}
                {own.map((tool) => (
                  <Option
                    key={tool.name}
                    tool={tool}
                    chosen={chosen.includes(tool.name)}
                    onChoose={onChoose}
                  />
                ))}
              </CommandGroup>
            );
          })
        )}
        {data?.more ? (
          <p className="px-2 py-1.5 text-xs text-faint">More results: type part of the name.</p>
        ) : null}
      </CommandList>
    </Command>
  );
}

type GroupsProps = {
  tools: readonly ToolView[];
  onChooseAll: (tools: readonly ToolView[]) => void;
};

/** The servers and services of the tools that are shown, each to be taken as a whole. */
function Groups({ tools, onChooseAll }: GroupsProps) {
  const all = useToolsOf();
  const groups = new Map(
    tools.flatMap((tool) => {
      const group = toolGroup(tool);
      return group === undefined ? [] : [[group.of, group.name] as const];
    }),
  );
  return [...groups].map(([of, name]) => (
    <CommandItem
      key={of}
      value={`all ${of}`}
      disabled={all.isPending}
      onSelect={() => all.mutate(of, { onSuccess: onChooseAll })}
      className="font-medium"
    >
      <ListPlus aria-hidden className="!size-3.5" />
      Add all tools of {name}
    </CommandItem>
  ));
}

type OptionProps = { tool: ToolView; chosen: boolean; onChoose: (tool: ToolView) => void };

function Option({ tool, chosen, onChoose }: OptionProps) {
  const { name, title, description, effect, risk, unavailable, trouble } = tool;
  return (
    <CommandItem
      value={name}
      disabled={unavailable !== null && !chosen}
      onSelect={() => onChoose(tool)}
      // Dimmed by its colour alone: the reason must stay readable.
      className={cn(
        'h-auto items-start py-1.5',
        unavailable && 'text-faint data-[disabled=true]:opacity-100',
      )}
    >
      <Check aria-hidden className={cn('mt-1 !size-3.5', chosen ? 'opacity-100' : 'opacity-0')} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="min-w-0 truncate">{title}</span>
          <Badge tone={effects[effect].tone} className="ml-auto" title={effects[effect].says}>
            {effects[effect].label}
          </Badge>
        </span>
        <span className="line-clamp-2 text-xs text-faint">
          {unavailable ?? description}
          {unavailable === null && risk >= 2 ? ` ${risks[risk]}.` : ''}
        </span>
        {unavailable === null && trouble !== null ? (
          <span className="line-clamp-1 text-xs text-warning">Failed last time: {trouble}</span>
        ) : null}
      </span>
    </CommandItem>
  );
}
