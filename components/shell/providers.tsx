'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { QueryProvider } from '@/components/data/cache/query-provider';
import { Toaster } from '@/components/ui/controls/toast';
import { TooltipProvider } from '@/components/ui/controls/tooltip';

type Props = {
  children: ReactNode;
  /** The nonce of this answer: the theme is set by a script of its own, before anything is drawn. */
  nonce: string | undefined;
};

/** Everything that the pages of the product share, signed in or not. */
export function Providers({ children, nonce }: Props) {
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryProvider>
        <TooltipProvider delayDuration={350} skipDelayDuration={200}>
          {children}
        </TooltipProvider>
        <Toaster />
      </QueryProvider>
    </ThemeProvider>
  );
}
