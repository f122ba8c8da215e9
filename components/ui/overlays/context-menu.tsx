'use client';

import { ContextMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '../cn';
import { Keys } from '../kbd';
import { menuContent, menuDanger, menuItem, menuSeparator } from '../menu-styles';

type Props = {
  /** What is clicked with the right button; exactly one element. */
  trigger: ReactNode;
  children: ReactNode;
  onOpenChange?: (open: boolean) => void;
};

/** A menu at the pointer. */
export function ContextMenu({ trigger, children, onOpenChange }: Props) {
  return (
    <Radix.Root onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content collisionPadding={8} className={menuContent}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = ComponentProps<typeof Radix.Item> & { danger?: boolean; keys?: string[] };

export function ContextMenuItem({ danger, keys, className, children, ...rest }: ItemProps) {
  return (
    <Radix.Item className={cn(menuItem, danger && menuDanger, className)} {...rest}>
      {children}
      {keys ? <Keys keys={keys} className="ml-auto pl-4" /> : null}
    </Radix.Item>
  );
}

export function ContextMenuSeparator() {
  return <Radix.Separator className={menuSeparator} />;
}
