'use client';

import { Command as Cmdk } from 'cmdk';
import { Search } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '../cn';
import { Keys } from '../kbd';

export const Command = Cmdk;

export function CommandInput({ className, ...rest }: ComponentProps<typeof Cmdk.Input>) {
  return (
    <div className="flex items-center gap-2.5 border-b px-3.5">
      <Search className="size-4 shrink-0 text-faint" aria-hidden />
      <Cmdk.Input
        className={cn(
          'h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint',
          className,
        )}
        {...rest}
      />
    </div>
  );
}

export function CommandList({ className, ...rest }: ComponentProps<typeof Cmdk.List>) {
  return (
    <Cmdk.List
      className={cn('max-h-[min(22rem,50vh)] scroll-py-1 overflow-y-auto p-1.5', className)}
      {...rest}
    />
  );
}

export function CommandEmpty({ children }: { children: ReactNode }) {
  return <Cmdk.Empty className="px-3 py-8 text-center text-sm text-muted">{children}</Cmdk.Empty>;
}

export function CommandGroup({ className, ...rest }: ComponentProps<typeof Cmdk.Group>) {
  return (
    <Cmdk.Group
      className={cn(
        '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint',
        className,
      )}
      {...rest}
    />
  );
}

export function CommandItem({
  className,
  keys,
  children,
  ...rest
}: ComponentProps<typeof Cmdk.Item> & { keys?: string[] }) {
  return (
    <Cmdk.Item
      className={cn(
        'flex h-8 select-none items-center gap-2.5 rounded-md px-2 text-sm data-[disabled=true]:opacity-50 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted',
        className,
      )}
      {...rest}
    >
      {children}
      {keys ? <Keys keys={keys} className="ml-auto" /> : null}
    </Cmdk.Item>
  );
}
