'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { QueryProvider } from '@/components/data/query-provider';
import { Toaster } from '@/components/ui/toast';
import { TooltipProvider } from '@/components/ui/tooltip';

/** Everything that the pages of the product share, signed in or not. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <QueryProvider>
        <TooltipProvider delayDuration={350} skipDelayDuration={200}>
          {children}
        </TooltipProvider>
        <Toaster />
      </QueryProvider>
    </ThemeProvider>
  );
}
