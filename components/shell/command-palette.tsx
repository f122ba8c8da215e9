'use client';

import { Bot, Compass, Keyboard, LogOut, Monitor, Moon, Plus, Sun, Workflow } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { Dialog as Radix } from 'radix-ui';
import { type RefObject, useRef, useState } from 'react';
import { useAgents, useRuns, useWorkflows } from '@/components/data/queries';
import { StatusDot } from '@/components/icons/status-dot';
import { useTour } from '@/components/tour/tour-context';
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
import { can } from '@/lib/people/can';
import { itemValue, rankItem } from '@/lib/search/item';
import { useActor, useCan } from './actor-context';
import { destinations, settingsDestination } from './navigation';
import { type PageCommand, usePageCommands } from './page-commands';
import { PaletteHits } from './palette-hits';
import { places } from './palette-places';
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

type CommandsProps = { close: () => void; chosen: RefObject<PageCommand | undefined> };

function Commands({ close, chosen }: CommandsProps) {
  const router = useRouter();
  const [search, setSearch] = useState('');
  const go = (href: string) => {
    close();
    router.push(href);
  };
  return (
    <Command label="Search and commands" loop filter={rankItem}>
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
        <PaletteActions close={close} go={go} />
        <CommandGroup heading="Go to">
          {[...destinations, settingsDestination].map((each) => (
            <CommandItem
              key={each.href}
              {...itemValue({ id: each.href, label: each.label, words: 'go to page' })}
              keys={['G', each.key]}
              onSelect={() => go(each.href)}
            >
              <each.icon aria-hidden /> {each.label}
            </CommandItem>
          ))}
          <Places go={go} />
        </CommandGroup>
        {search.trim().length > 1 ? <PaletteHits search={search} go={go} /> : <Things go={go} />}
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
          {...itemValue({
            id: `${group} ${command.words ?? ''}`,
            label: command.label,
            words: `${command.words ?? ''} ${group}`,
          })}
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
  const tour = useTour();
  const then = (action: () => void) => () => {
    close();
    action();
  };
  return (
    <CommandGroup heading="Do">
      {canEdit ? (
        <CommandItem
          {...itemValue({ id: 'do', label: 'Create workflow', words: 'new workflow blank add' })}
          onSelect={then(newWorkflow.create)}
        >
          <Plus aria-hidden /> Create workflow
        </CommandItem>
      ) : null}
      {canEditAgents ? (
        <CommandItem
          {...itemValue({ id: 'do', label: 'Create agent', words: 'new agent add' })}
          onSelect={() => go('/agents/new')}
        >
          <Plus aria-hidden /> Create agent
        </CommandItem>
      ) : null}
      <CommandItem
        {...itemValue({ id: 'do', label: 'Light theme', words: 'mode' })}
        onSelect={then(() => setTheme('light'))}
      >
        <Sun aria-hidden /> Light theme
      </CommandItem>
      <CommandItem
        {...itemValue({ id: 'do', label: 'Dark theme', words: 'night mode' })}
        onSelect={then(() => setTheme('dark'))}
      >
        <Moon aria-hidden /> Dark theme
      </CommandItem>
      <CommandItem
        {...itemValue({ id: 'do', label: 'System theme', words: 'automatic mode' })}
        onSelect={then(() => setTheme('system'))}
      >
        <Monitor aria-hidden /> System theme
      </CommandItem>
      {tour.mayStart ? (
        <CommandItem
          {...itemValue({
            id: 'do',
            label: 'Take the tour',
            words: 'help learn guide first steps',
          })}
          onSelect={then(tour.start)}
        >
          <Compass aria-hidden /> Take the tour
        </CommandItem>
      ) : null}
      <CommandItem
        {...itemValue({ id: 'do', label: 'Keyboard shortcuts', words: 'keys hotkeys' })}
        keys={['?']}
        onSelect={then(shell.openShortcuts)}
      >
        <Keyboard aria-hidden /> Keyboard shortcuts
      </CommandItem>
      <CommandItem
        {...itemValue({ id: 'do', label: 'Sign out', words: 'log out logout leave' })}
        onSelect={then(() => void shell.signOut())}
      >
        <LogOut aria-hidden /> Sign out
      </CommandItem>
    </CommandGroup>
  );
}

/** Pages beside the main ones: asked for by name, they do not crowd the palette before. */
function Places({ go }: { go: (href: string) => void }) {
  const { role } = useActor();
  return places
    .filter(({ permission }) => permission === undefined || can(role, permission))
    .map(({ href, label, words, icon: Icon }) => (
      <CommandItem
        key={href}
        {...itemValue({ id: href, label, words: `${words} go to page` })}
        onSelect={() => go(href)}
      >
        <Icon aria-hidden /> {label}
      </CommandItem>
    ));
}

/** What was last used, before anything is typed. */
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
              {...itemValue({ id: `workflow ${each.id}`, label: each.name, words: 'workflow' })}
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
            {...itemValue({
              id: `agent ${each.id}`,
              label: each.name,
              words: `agent ${each.handle}`,
            })}
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
            {...itemValue({
              id: `run ${each.id}`,
              label: each.workflowName,
              words: `run ${each.status}`,
            })}
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
