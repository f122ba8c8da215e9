'use client';

import {
  BookOpen,
  Bot,
  Cable,
  CornerDownRight,
  MessageSquare,
  Play,
  User,
  Workflow,
} from 'lucide-react';
import { useDeferredValue } from 'react';
import { useSearch } from '@/components/data/queries';
import { CommandGroup, CommandItem } from '@/components/ui/overlays/command';
import type { HitKind } from '@/lib/search/contract';
import { itemValue } from '@/lib/search/item';

const groups: Record<HitKind, { heading: string; icon: typeof Bot }> = {
  workflow: { heading: 'Workflows', icon: Workflow },
  step: { heading: 'Steps', icon: CornerDownRight },
  run: { heading: 'Runs', icon: Play },
  agent: { heading: 'Agents', icon: Bot },
  thread: { heading: 'Conversations', icon: MessageSquare },
  connection: { heading: 'Connections', icon: Cable },
  member: { heading: 'Members', icon: User },
  docs: { heading: 'Manual', icon: BookOpen },
};

type Props = { search: string; go: (href: string) => void };

/** What the server finds in the workspace. */
export function PaletteHits({ search, go }: Props) {
  const { data } = useSearch(useDeferredValue(search.trim()));
  const hits = data?.hits ?? [];
  return Object.entries(groups).map(([kind, { heading, icon: Icon }]) => {
    const found = hits.filter((hit) => hit.kind === kind);
    if (found.length === 0) return null;
    return (
      <CommandGroup key={kind} heading={heading}>
        {found.map(({ id, title, detail, href }) => (
          <CommandItem
            key={id}
            {...itemValue({
              id: `${kind} ${id}`,
              // A page of the manual comes after what one can do or open: only its words are compared.
              label: kind === 'docs' ? '·' : title,
              words: `${kind} ${kind === 'docs' ? title : ''} ${detail}`,
              found: true,
            })}
            onSelect={() => go(href)}
          >
            <Icon aria-hidden /> <span className="truncate">{title}</span>
            <span className="ml-auto max-w-40 shrink-0 truncate pl-3 text-xs text-faint">
              {detail}
            </span>
          </CommandItem>
        ))}
      </CommandGroup>
    );
  });
}
