'use client';

import { Label as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

/** The name of a field. */
export function Label({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cn('block text-xs font-medium text-muted', className)} {...rest} />;
}
