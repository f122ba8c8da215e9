'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '../cn';

export const Tabs = Radix.Root;

export function TabsList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List className={cn('flex h-9 items-stretch gap-4 border-b', className)} {...rest} />
  );
}

export function Tab({
  value,
  children,
  count,
  className,
}: {
  value: string;
  children: ReactNode;
  count?: number;
  className?: string;
}) {
  return (
    <Radix.Trigger
      value={value}
      className={cn(
        '-mx-1 -mb-px inline-flex items-center gap-1.5 rounded-t-sm border-b border-transparent px-1 text-sm text-muted outline-offset-[-2px] transition-colors duration-100 hover:text-fg data-[state=active]:border-fg data-[state=active]:text-fg',
        className,
      )}
    >
      {children}
      {count === undefined ? null : <span className="text-xs text-faint tabular">{count}</span>}
    </Radix.Trigger>
  );
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn('outline-offset-[-2px]', className)} {...rest} />;
}
