'use client';

import { Bot, Keyboard, LogOut, Monitor, Moon, Plus, Sun, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Dialog as Radix } from 'radix-ui';
import { type RefObject, useRef, useState } from 'react';
import { useAgents, useRuns, useWorkflows } from '@/components/data/queries';
import { StatusDot } from '@/components/icons/status-dot';
import { TimeAgo } from '@/components/ui/display/time-ago';
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '@/components/ui/overlays/command';
import { overlayStyles } from '@/components/ui/overlays/dialog';
import { useFocusReturn } from '@/components/ui/use-focus-return';
import { useCan } from './actor-context';
import { destinations, settingsDestination } from './navigation';
import { type PageCommand, usePageCommands } from './page-commands';
import { useShell } from './shell-context';
import { useNewWorkflow } from './use-new-workflow';

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

/** Finds a page, an element or an action by a few letters. */
export function CommandPalette({ open, onOpenChange }: Props) {
  const chosen = useRef<PageCommand>(undefined);
  const back = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyles} />
        <div className="pointer-events-none fixed inset-0 z-50 flex items-start justify-center p-4 pt-[14vh]">
          <Radix.Content
            aria-describedby={undefined}
            onOpenAutoFocus={back.opened}
            onCloseAutoFocus={(event) => {
              back.closed(event);
              const command = chosen.current;
              chosen.current = undefined;
              // The focus is back where it was: what takes it itself comes after that.
              if (command) setTimeout(command.run, 0);
            }}
            className="pointer-events-auto w-full max-w-[560px] animate-in overflow-hidden rounded-xl border border-border-strong bg-raised shadow-pop outline-none"
          >
            <Radix.Title className="sr-only">Search and commands</Radix.Title>
            <Commands close={() => onOpenChange(false)} chosen={chosen} />
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Every typed word must be there; where one begins a word it counts more, and the whole phrase most. */
function rank(value: string, search: string): number {
  const text = ` ${value.toLowerCase()}`;
  const wanted = search.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  if (!words.every((word) => text.includes(word))) return 0;
  if (text.includes(` ${wanted}`)) return 1;
  return words.every((word) => text.includes(` ${word}`)) ? 0.8 : 0.5;
}

type CommandsProps = { close: () => void; chosen: RefObject<PageCommand | undefined> };

function Commands({ close, chosen }: CommandsProps) {
  const router = useRouter();
  const [search, setSearch] = useState('');
  const go = (href: string) => {
    close();
    router.push(href);
  };
  return (
    <Command label="Search and commands" loop filter={rank}>
      <CommandInput
        value={search}
        onValueChange={setSearch}
        placeholder="Go to, open, create…"
        aria-label="Search and commands"
      />
      <CommandList>
        <CommandEmpty>Nothing matches “{search}”.</CommandEmpty>
        <PageCommands
          search={search}
          onChoose={(command) => {
            chosen.current = command;
            close();
          }}
        />
        <CommandGroup heading="Go to">
          {[...destinations, settingsDestination].map((each) => (
            <CommandItem
              key={each.href}
              value={`Go to ${each.label}`}
              keys={['G', each.key]}
              onSelect={() => go(each.href)}
            >
              <each.icon aria-hidden /> {each.label}
            </CommandItem>
          ))}
        </CommandGroup>
        <PaletteActions close={close} go={go} />
        <Things go={go} />
      </CommandList>
    </Command>
  );
}

type PageCommandsProps = { search: string; onChoose: (command: PageCommand) => void };

/** What the open page can do. */
function PageCommands({ search, onChoose }: PageCommandsProps) {
  const offered = usePageCommands(search);
  const groups = new Map<string, PageCommand[]>();
  for (const command of offered) {
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  }
  return [...groups].map(([group, commands]) => (
    <CommandGroup key={group} heading={group}>
      {commands.map((command) => (
        <CommandItem
          key={`${command.label} ${command.words}`}
          value={`${group} ${command.label} ${command.words ?? ''}`}
          {...(command.keys ? { keys: command.keys } : {})}
          onSelect={() => onChoose(command)}
        >
          {command.icon} <span className="truncate">{command.label}</span>
        </CommandItem>
      ))}
    </CommandGroup>
  ));
}

function PaletteActions({ close, go }: { close: () => void; go: (href: string) => void }) {
  const { setTheme } = useTheme();
  const shell = useShell();
  const newWorkflow = useNewWorkflow();
  const canEdit = useCan('workflows.edit');
  const canEditAgents = useCan('agents.edit');
  const then = (action: () => void) => () => {
    close();
    action();
  };
  return (
    <CommandGroup heading="Do">
      {canEdit ? (
        <CommandItem value="Create workflow" onSelect={then(newWorkflow.create)}>
          <Plus aria-hidden /> Create workflow
        </CommandItem>
      ) : null}
      {canEditAgents ? (
        <CommandItem value="Create agent" onSelect={() => go('/agents/new')}>
          <Plus aria-hidden /> Create agent
        </CommandItem>
      ) : null}
      <CommandItem value="Theme light" onSelect={then(() => setTheme('light'))}>
        <Sun aria-hidden /> Light theme
      </CommandItem>
      <CommandItem value="Theme dark" onSelect={then(() => setTheme('dark'))}>
        <Moon aria-hidden /> Dark theme
      </CommandItem>
      <CommandItem value="Theme as the system" onSelect={then(() => setTheme('system'))}>
        <Monitor aria-hidden /> System theme
      </CommandItem>
      <CommandItem value="Keyboard shortcuts" keys={['?']} onSelect={then(shell.openShortcuts)}>
        <Keyboard aria-hidden /> Keyboard shortcuts
      </CommandItem>
      <CommandItem value="Sign out" onSelect={then(() => void shell.signOut())}>
        <LogOut aria-hidden /> Sign out
      </CommandItem>
    </CommandGroup>
  );
}

function Things({ go }: { go: (href: string) => void }) {
  const workflows = useWorkflows();
  const runs = useRuns({ limit: 20 });
  const agents = useAgents();
  return (
    <>
      <CommandGroup heading="Workflows">
        {workflows.data?.pages
          .flatMap((page) => page.items)
          .map((each) => (
            <CommandItem
              key={each.id}
              value={`Workflow ${each.name} ${each.id}`}
              onSelect={() => go(`/workflows/${each.id}`)}
            >
              <Workflow aria-hidden /> <span className="truncate">{each.name}</span>
            </CommandItem>
          ))}
      </CommandGroup>
      <CommandGroup heading="Agents">
        {agents.data?.items.map((each) => (
          <CommandItem
            key={each.id}
            value={`Agent ${each.name} ${each.handle}`}
            onSelect={() => go(`/agents/${each.id}`)}
          >
            <Bot aria-hidden /> <span className="truncate">{each.name}</span>
            <span className="text-xs text-faint">@{each.handle}</span>
          </CommandItem>
        ))}
      </CommandGroup>
      <CommandGroup heading="Runs">
        {runs.data?.pages[0]?.items.map((each) => (
          <CommandItem
            key={each.id}
            value={`Run ${each.workflowName} ${each.status} ${each.id}`}
            onSelect={() => go(`/runs/${each.id}`)}
          >
            <StatusDot status={each.status} className="mx-px" />
            <span className="truncate">{each.workflowName}</span>
            <TimeAgo at={each.createdAt} className="ml-auto text-xs text-faint tabular" />
          </CommandItem>
        ))}
      </CommandGroup>
    </>
  );
}
