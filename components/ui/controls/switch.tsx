'use client';

import { Switch as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '../cn';

/** On or off, in effect at once. */
export function Switch({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        'inline-flex h-[18px] w-8 shrink-0 items-center rounded-full border border-transparent bg-border-strong p-px transition-colors duration-100 disabled:opacity-50 data-[state=checked]:bg-accent-solid',
        className,
      )}
      {...rest}
    >
      <Radix.Thumb className="block size-3.5 rounded-full bg-white transition-transform duration-100 data-[state=checked]:translate-x-3.5" />
    </Radix.Root>
  );
}
