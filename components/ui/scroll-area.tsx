'use client';

import { ScrollArea as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

/** Scrolls its content with thin bars over it. */
export function ScrollArea({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <Radix.Root className={cn('overflow-hidden', className)} type="hover" scrollHideDelay={300}>
      <Radix.Viewport className="size-full [&>div]:!block">{children}</Radix.Viewport>
      <Radix.Scrollbar orientation="vertical" className="flex w-2 p-0.5">
        <Radix.Thumb className="flex-1 rounded-full bg-border-strong" />
      </Radix.Scrollbar>
      <Radix.Scrollbar orientation="horizontal" className="flex h-2 flex-col p-0.5">
        <Radix.Thumb className="flex-1 rounded-full bg-border-strong" />
      </Radix.Scrollbar>
    </Radix.Root>
  );
}
