'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '../cn';
import { Keys } from '../kbd';
import { menuContent, menuDanger, menuItem, menuLabel, menuSeparator } from '../menu-styles';

type Props = {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  className?: string;
};

/** A menu that opens from a button. */
export function DropdownMenu({ trigger, children, align = 'start', side, className }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(menuContent, className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type ItemProps = ComponentProps<typeof Radix.Item> & { danger?: boolean; keys?: string[] };

export function DropdownMenuItem({
  danger,
  keys,
  className,
  children,
  asChild,
  ...rest
}: ItemProps) {
  return (
    <Radix.Item
      asChild={asChild}
      className={cn(menuItem, danger && menuDanger, className)}
      {...rest}
    >
      {asChild ? (
        children
      ) : (
        <>
          {children}
          {keys ? <Keys keys={keys} className="ml-auto pl-4" /> : null}
        </>
      )}
    </Radix.Item>
  );
}

/** One of several: `value` is the chosen one. */
export function DropdownMenuChoice({
  value,
  onValueChange,
  options,
}: {
  value: string | undefined;
  onValueChange: (value: string) => void;
  options: { value: string; label: ReactNode }[];
}) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onValueChange}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={menuItem}>
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function DropdownMenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className={menuLabel}>{children}</Radix.Label>;
}

export function DropdownMenuSeparator() {
  return <Radix.Separator className={menuSeparator} />;
}
