import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  AppRouterContext,
  type AppRouterInstance,
} from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import {
  PathnameContext,
  PathParamsContext,
  SearchParamsContext,
} from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import { type ReactNode, useState } from 'react';
import { ActorProvider } from '@/components/shell/actor-context';
import { type ShellActions, ShellContext } from '@/components/shell/shell-context';
import { Toaster } from '@/components/ui/controls/toast';
import { TooltipProvider } from '@/components/ui/controls/tooltip';
import type { Actor, Role } from '@/lib/people/schema';

/** Who looks, unless a test says otherwise. */
export const ada: Actor = {
  userId: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  workspaceId: 'w',
  role: 'editor',
};

export type Shown = {
  user: ReturnType<typeof userEvent.setup>;
  client: QueryClient;
  /** Where the page was sent, the oldest first. */
  visited: string[];
  shell: ShellActions & { asked: string[] };
  /** Shows something else in the same place. */
  change(element: ReactNode): void;
  unmount(): void;
};

type Options = {
  role?: Role;
  actor?: Partial<Actor>;
  path?: string;
  params?: Record<string, string>;
};

/** Draws what a page of the product draws, in what it draws it: the cache, the theme, who looks, and where. */
export function show(
  element: ReactNode,
  { role, actor, path = '/', params = {} }: Options = {},
): Shown {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: 15_000 }, mutations: { retry: false } },
  });
  const visited: string[] = [];
  const shell = fakeShell();
  const page = (child: ReactNode) => (
    <Place path={path} params={params} visited={visited}>
      <QueryClientProvider client={client}>
        <TooltipProvider delayDuration={0}>
          <ActorProvider actor={{ ...ada, ...actor, ...(role ? { role } : {}) }}>
            <ShellContext value={shell}>{child}</ShellContext>
          </ActorProvider>
        </TooltipProvider>
        <Toaster />
      </QueryClientProvider>
    </Place>
  );
  const { rerender, unmount } = render(page(element));
  return {
    user: userEvent.setup({ delay: null, pointerEventsCheck: 0 }),
    client,
    visited,
    shell,
    change: (next) => rerender(page(next)),
    unmount,
  };
}

function fakeShell(): Shown['shell'] {
  const asked: string[] = [];
  const note = (what: string) => () => void asked.push(what);
  return {
    asked,
    openPalette: note('palette'),
    openShortcuts: note('shortcuts'),
    openMenu: note('menu'),
    toggleSidebar: note('sidebar'),
    signOut: async () => void asked.push('sign-out'),
  };
}

type PlaceProps = {
  path: string;
  params: Record<string, string>;
  visited: string[];
  children: ReactNode;
};

/** An address bar: the router changes it, and what reads it draws anew. */
function Place({ path, params, visited, children }: PlaceProps) {
  const [url, setUrl] = useState(() => new URL(path, 'http://localhost:3000'));
  const [router] = useState<AppRouterInstance>(() => {
    const go = (href: string) => {
      visited.push(href);
      setUrl((from) => new URL(href, from));
    };
    const nothing = () => undefined;
    return {
      push: go,
      replace: go,
      back: () => void visited.push('back'),
      forward: nothing,
      refresh: () => void visited.push('refresh'),
      prefetch: nothing,
      bfcacheId: '0',
    } as AppRouterInstance;
  });
  return (
    <AppRouterContext value={router}>
      <PathnameContext value={url.pathname}>
        <SearchParamsContext value={url.searchParams}>
          <PathParamsContext value={params}>{children}</PathParamsContext>
        </SearchParamsContext>
      </PathnameContext>
    </AppRouterContext>
  );
}
