'use client';

import { BookOpen, PanelLeft, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { useNewMessages } from '@/components/data/message-queries';
import { NotificationsButton } from '@/components/notifications/notifications-button';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { Keys } from '@/components/ui/kbd';
import { type Destination, destinations, isAt, settingsDestination } from './navigation';
import { useShell } from './shell-context';
import { UserMenu } from './user-menu';
import { WorkspaceSwitcher } from './workspace-switcher';

const docs: Destination = { href: '/docs', label: 'Docs', icon: BookOpen, key: '' };

/** Where one is and where one can go. `compact` is the rail of icons. */
export function Sidebar({
  workspaceName,
  compact,
  inSheet,
}: {
  workspaceName: string;
  compact?: boolean;
  inSheet?: boolean;
}) {
  const shell = useShell();
  return (
    <div className={cn('flex h-full flex-col gap-0.5 p-2', compact ? 'w-12' : 'w-full')}>
      <div className={cn('flex items-center gap-1', compact && 'flex-col')}>
        <div className="flex min-w-0 flex-1 [&>button]:flex-1">
          <WorkspaceSwitcher name={workspaceName} compact={compact} />
        </div>
        <NotificationsButton side={inSheet ? 'bottom' : 'right'} />
      </div>
      <SearchButton compact={compact} />
      <nav aria-label="Main" className="flex flex-1 flex-col gap-0.5">
        {destinations.map((each) => (
          <NavItem key={each.href} destination={each} compact={compact} />
        ))}
        <div className="flex-1" />
        <NavItem destination={settingsDestination} compact={compact} />
        <NavItem destination={docs} compact={compact} />
      </nav>
      <div className={cn('flex items-center gap-1 pt-1', compact && 'flex-col-reverse')}>
        <UserMenu compact={compact} />
        {inSheet ? null : (
          <IconButton
            label={compact ? 'Expand sidebar' : 'Collapse sidebar'}
            keys={['Mod', 'B']}
            side="right"
            onClick={shell.toggleSidebar}
          >
            <PanelLeft />
          </IconButton>
        )}
      </div>
    </div>
  );
}

function SearchButton({ compact }: { compact?: boolean }) {
  const { openPalette } = useShell();
  if (compact) {
    return (
      <IconButton
        label="Search and commands"
        keys={['Mod', 'K']}
        side="right"
        onClick={openPalette}
        className="my-0.5 size-8"
      >
        <Search />
      </IconButton>
    );
  }
  return (
    <button
      type="button"
      onClick={openPalette}
      className="my-1.5 flex h-7.5 items-center gap-2 rounded-md border bg-surface px-2 text-left text-muted hover:border-border-strong"
    >
      <Search className="size-3.5" aria-hidden />
      <span className="flex-1">Search…</span>
      <Keys keys={['Mod', 'K']} />
    </button>
  );
}

function NavItem({ destination, compact }: { destination: Destination; compact?: boolean }) {
  const pathname = usePathname();
  const active = isAt(pathname, destination.href);
  const Icon = destination.icon;
  const [near, setNear] = useState(false);
  const approach = () => setNear(true);
  const link = (
    <Link
      href={destination.href}
      // Fetched as one comes near: all of them at once would go before the page that is opening.
      prefetch={near ? null : false}
      onPointerEnter={approach}
      onFocus={approach}
      aria-current={active ? 'page' : undefined}
      aria-label={compact ? destination.label : undefined}
      className={cn(
        'relative flex h-7.5 items-center gap-2.5 rounded-md px-2 text-muted transition-colors duration-100 hover:bg-active/70 hover:text-fg',
        active && 'bg-active text-fg',
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      {compact ? null : destination.label}
      {destination.href === '/messages' ? <NewMessages compact={compact} /> : null}
    </Link>
  );
  return compact ? (
    <Named label={destination.label} keys={destination.key ? ['G', destination.key] : undefined}>
      {link}
    </Named>
  ) : (
    link
  );
}

/** How many messages wait for oneself. */
function NewMessages({ compact }: { compact?: boolean | undefined }) {
  const count = useNewMessages() ?? 0;
  if (count === 0) return null;
  const words = `${count === 100 ? '100 or more' : count} new`;
  return compact ? (
    <span
      role="img"
      aria-label={words}
      className="absolute top-1 right-1 size-1.5 rounded-full bg-accent-solid"
    />
  ) : (
    <span className="ml-auto text-xs text-faint tabular">
      <span aria-hidden>{count === 100 ? '99+' : count}</span>
      <span className="sr-only">, {words}</span>
    </span>
  );
}

function Named({ label, keys, children }: { label: string; keys?: string[]; children: ReactNode }) {
  return (
    <Tooltip label={label} keys={keys} side="right">
      {children}
    </Tooltip>
  );
}
