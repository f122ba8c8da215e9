'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useMemo, useState } from 'react';
import { endSession } from '@/components/data/end-session';
import { TourBar } from '@/components/tour/tour-bar';
import { TourProvider } from '@/components/tour/tour-context';
import { cn } from '@/components/ui/cn';
import { toastError } from '@/components/ui/controls/toast';
import { Sheet } from '@/components/ui/overlays/sheet';
import type { Tour } from '@/lib/people/tour';
import { useCan } from './actor-context';
import { CommandPalette } from './command-palette';
import { useHotkeys } from './hotkeys';
import { LiveUpdates } from './live-updates';
import { destinations, settingsDestination } from './navigation';
import { ShellContext } from './shell-context';
import { ShortcutSheet } from './shortcut-sheet';
import { Sidebar } from './sidebar';

type Props = {
  workspaceName: string;
  initiallyCollapsed: boolean;
  /** How far this person is in the first tour. */
  tour?: Tour | null;
  children: ReactNode;
};

/** Ends the session, and leaves for the sign-in page. */
async function signOut(): Promise<void> {
  try {
    await endSession();
    window.location.assign('/sign-in');
  } catch (error) {
    toastError('You are still signed in', error);
  }
}

/** The frame of the signed-in pages: sidebar, panel, palette, shortcuts. */
export function Shell({ workspaceName, initiallyCollapsed, tour = null, children }: Props) {
  const pathname = usePathname();
  const [menuOpenAt, setMenuOpenAt] = useState<string>();
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const sidebar = useSidebar(pathname, initiallyCollapsed);
  const { toggle } = sidebar;
  const actions = useMemo(
    () => ({
      openPalette: () => setPalette(true),
      openShortcuts: () => setShortcuts(true),
      openMenu: () => setMenuOpenAt(pathname),
      toggleSidebar: toggle,
      signOut,
    }),
    [pathname, toggle],
  );
  useShellKeys({
    'Mod+K': () => setPalette((open) => !open),
    'Mod+B': toggle,
    '?': () => setShortcuts(true),
  });
  return (
    <ShellContext value={actions}>
      <TourProvider
        initial={tour}
        mayStart={useCan('workflows.edit')}
        mayInvite={useCan('members.manage')}
      >
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5"
        >
          Skip to content
        </a>
        {/* Positioned, and clipped: what is hidden inside for screen readers must not make the page longer than the window. */}
        <div className="relative flex h-dvh overflow-clip">
          <aside
            aria-label="Sidebar"
            className={cn('hidden shrink-0 md:block', sidebar.collapsed ? 'w-12' : 'w-[216px]')}
          >
            <Sidebar workspaceName={workspaceName} compact={sidebar.collapsed} />
          </aside>
          <main
            id="main"
            tabIndex={-1}
            className="relative flex min-w-0 flex-1 flex-col overflow-clip border-border bg-surface outline-none md:my-2 md:mr-2 md:rounded-lg md:border"
          >
            <TourBar />
            {children}
          </main>
        </div>
        <Sheet
          bare
          side="left"
          title="Navigation"
          className="w-64 bg-bg"
          open={menuOpenAt === pathname}
          onOpenChange={(open) => setMenuOpenAt(open ? pathname : undefined)}
        >
          <Sidebar workspaceName={workspaceName} inSheet />
        </Sheet>
        <CommandPalette open={palette} onOpenChange={setPalette} />
        <ShortcutSheet open={shortcuts} onOpenChange={setShortcuts} />
        <LiveUpdates />
      </TourProvider>
    </ShellContext>
  );
}

/** The editor needs the width, so there the sidebar is a rail until somebody opens it. */
function useSidebar(pathname: string, initiallyCollapsed: boolean) {
  const inEditor = /^\/workflows\/(?!(?:trash|templates)$)[^/]+/.test(pathname);
  const [collapsed, setCollapsed] = useState(initiallyCollapsed);
  const [editorCollapsed, setEditorCollapsed] = useState(true);
  const toggle = useMemo(
    () => () => {
      if (inEditor) {
        setEditorCollapsed((value) => !value);
        return;
      }
      setCollapsed((value) => {
        // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, so that the first paint is right
        document.cookie = `sidebar=${value ? 'open' : 'rail'};path=/;max-age=31536000;samesite=lax`;
        return !value;
      });
    },
    [inEditor],
  );
  return { collapsed: inEditor ? editorCollapsed : collapsed, toggle };
}

function useShellKeys(own: Record<string, () => void>): void {
  const router = useRouter();
  const goTo = [...destinations, settingsDestination].map(
    (each) => [`G ${each.key}`, () => router.push(each.href)] as const,
  );
  useHotkeys({ ...Object.fromEntries(goTo), ...own });
}
