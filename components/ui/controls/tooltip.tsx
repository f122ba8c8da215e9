'use client';

import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Keys } from '../kbd';

export const TooltipProvider = Radix.Provider;

type Props = {
  label: ReactNode;
  keys?: string[];
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** Exactly one element that takes the focus. */
  children: ReactNode;
};

/** A name or a short explanation on hover and focus. */
export function Tooltip({ label, keys, side, children }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={5}
          collisionPadding={8}
          className="z-[60] flex max-w-72 animate-in items-center gap-2 rounded-md border border-border-strong bg-raised px-2 py-1 text-xs text-fg shadow-pop"
        >
          {label}
          {keys ? <Keys keys={keys} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
