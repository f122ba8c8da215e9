'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';

const groups = [
  {
    label: 'Workspace',
    items: [
      { href: '/settings/workspace', label: 'General' },
      { href: '/settings/members', label: 'Members' },
      { href: '/settings/models', label: 'Models' },
      { href: '/settings/spending', label: 'Spending' },
      { href: '/settings/connections', label: 'Connections' },
      { href: '/settings/services', label: 'Services' },
      { href: '/settings/mcp-servers', label: 'MCP servers' },
    ],
  },
  {
    label: 'You',
    items: [
      { href: '/settings/profile', label: 'Profile' },
      { href: '/settings/notifications', label: 'Notifications' },
      { href: '/settings/appearance', label: 'Appearance' },
      { href: '/settings/api-keys', label: 'API keys' },
    ],
  },
];

/** The pages of the settings. */
export function SettingsNav() {
  const pathname = usePathname();
  const list = useRef<HTMLElement>(null);
  // On a phone the pages stand in a row that scrolls.
  useEffect(() => {
    if (pathname === '') return;
    const open = list.current?.querySelector('[aria-current="page"]');
    open?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <nav
      ref={list}
      aria-label="Settings"
      className="flex shrink-0 gap-x-4 gap-y-1 overflow-x-auto border-b px-4 py-2 sm:flex-wrap lg:w-48 lg:flex-nowrap lg:flex-col lg:gap-5 lg:border-r lg:border-b-0 lg:px-2.5 lg:py-4"
    >
      {groups.map((group) => (
        <div key={group.label} className="flex gap-0.5 lg:flex-col">
          <h2 className="px-2 pb-1 text-2xs font-medium text-faint max-lg:sr-only">
            {group.label}
          </h2>
          {group.items.map(({ href, label }) => (
            <Link
              key={href}
              href={href}
              aria-current={pathname === href ? 'page' : undefined}
              className={cn(
                'flex h-7 items-center rounded-md px-2 whitespace-nowrap text-muted transition-colors duration-100 hover:bg-hover hover:text-fg',
                pathname === href && 'bg-active text-fg',
              )}
            >
              {label}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}
