'use client';

import { BookOpen, Compass, Keyboard, LogOut, Settings } from 'lucide-react';
import Link from 'next/link';
import { useTheme } from 'next-themes';
import { Avatar } from '@/components/icons/avatar';
import { useTour } from '@/components/tour/tour-context';
import {
  DropdownMenu,
  DropdownMenuChoice,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
} from '@/components/ui/overlays/dropdown-menu';
import { useActor } from './actor-context';
import { useShell } from './shell-context';

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Who is signed in; theme, help and sign out. */
export function UserMenu({ compact }: { compact?: boolean }) {
  const actor = useActor();
  const shell = useShell();
  const tour = useTour();
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu
      side="top"
      className="w-56"
      trigger={
        <button
          type="button"
          className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-md px-1.5 text-left hover:bg-active data-[state=open]:bg-active"
        >
          <Avatar name={actor.name} id={actor.userId} />
          <span className="sr-only">Account of {compact ? actor.name : null}</span>
          {compact ? null : <span className="min-w-0 flex-1 truncate">{actor.name}</span>}
        </button>
      }
    >
      <div className="px-2 pt-1.5 pb-2">
        <div className="truncate font-medium">{actor.name}</div>
        <div className="truncate text-xs text-faint">{actor.email}</div>
      </div>
      <DropdownMenuSeparator />
      <DropdownMenuLabel>Theme</DropdownMenuLabel>
      <DropdownMenuChoice value={theme} onValueChange={setTheme} options={themes} />
      <DropdownMenuSeparator />
      <DropdownMenuItem asChild>
        <Link href="/settings">
          <Settings aria-hidden /> Settings
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem asChild>
        <Link href="/docs">
          <BookOpen aria-hidden /> Manual
        </Link>
      </DropdownMenuItem>
      {tour.mayStart ? (
        <DropdownMenuItem onSelect={tour.start}>
          <Compass aria-hidden /> Take the tour
        </DropdownMenuItem>
      ) : null}
      <DropdownMenuItem keys={['?']} onSelect={shell.openShortcuts}>
        <Keyboard aria-hidden /> Keyboard shortcuts
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={() => void shell.signOut()}>
        <LogOut aria-hidden /> Sign out
      </DropdownMenuItem>
    </DropdownMenu>
  );
}
