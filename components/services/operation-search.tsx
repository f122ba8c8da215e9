'use client';

import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useOperations } from '@/components/data/service-queries';
import { cn } from '@/components/ui/cn';
import { Badge } from '@/components/ui/display/badge';
import {
  Command,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/overlays/command';
import type { FoundOperation } from '@/lib/services/contract';

const quietMs = 150;

type Named = { service: string; operation: string };
type Props = { chosen: Named; onChoose: (named: Named) => void };

/** Operations of all services, found by words of the service, what it does, or its address. */
export function OperationSearch({ chosen, onChoose }: Props) {
  const [text, setText] = useState('');
  const [q, setQ] = useState('');
  // What is typed fast asks once, at its end.
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), quietMs);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, error, isPlaceholderData } = useOperations(q === '' ? {} : { q });
  const items = data?.items ?? [];
  const groups = Map.groupBy(items, ({ serviceName }) => serviceName);
  return (
    <Command shouldFilter={false} label="Operations">
      <CommandInput
        value={text}
        onValueChange={setText}
        maxLength={200}
        placeholder="Find a service or an operation"
        className="h-9 text-sm"
      />
      <CommandList aria-busy={isPlaceholderData}>
        {items.length === 0 ? (
          <p role="status" className="px-3 py-6 text-center text-sm text-muted">
            {error
              ? 'The services could not be loaded.'
              : data === undefined
                ? 'Loading…'
                : 'Nothing found. In Settings, under Services, you can add one by its OpenAPI document.'}
          </p>
        ) : (
          [...groups].map(([name, found]) => (
            <CommandGroup key={name} heading={name}>
              {found.map((item) => (
                <Option
                  key={`${item.service} ${item.id}`}
                  item={item}
                  chosen={item.service === chosen.service && item.id === chosen.operation}
                  onChoose={() => onChoose({ service: item.service, operation: item.id })}
                />
              ))}
            </CommandGroup>
          ))
        )}
        {data?.more ? (
          <p className="px-2 py-1.5 text-xs text-faint">More results: type part of the name.</p>
        ) : null}
      </CommandList>
    </Command>
  );
}

type OptionProps = { item: FoundOperation; chosen: boolean; onChoose: () => void };

function Option({ item, chosen, onChoose }: OptionProps) {
  return (
    <CommandItem
      value={`${item.service} ${item.id}`}
      disabled={item.unsupported !== null}
      onSelect={onChoose}
      className={cn(item.unsupported && 'text-faint data-[disabled=true]:opacity-100')}
    >
      <Check aria-hidden className={cn('!size-3.5', chosen ? 'opacity-100' : 'opacity-0')} />
      <span className="min-w-0 truncate">{item.title}</span>
      <span className="ml-auto flex min-w-0 shrink-0 items-center gap-1.5 pl-3">
        {item.deprecated ? <Badge tone="warning">deprecated</Badge> : null}
        {item.unsupported ? (
          <span className="text-2xs text-faint">takes a file</span>
        ) : (
          <span className="text-2xs text-faint">{item.method}</span>
        )}
      </span>
    </CommandItem>
  );
}
