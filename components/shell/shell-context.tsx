'use client';

import { createContext, useContext } from 'react';

export type ShellActions = {
  openPalette(): void;
  openShortcuts(): void;
  /** Opens the navigation on narrow screens. */
  openMenu(): void;
  toggleSidebar(): void;
  /** Signs out and goes to the sign-in page. */
  signOut(): Promise<void>;
};

export const ShellContext = createContext<ShellActions | undefined>(undefined);

/** What the frame around the pages can do. Throws outside it. */
export function useShell(): ShellActions {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error('useShell() needs the shell above it');
  return shell;
}
