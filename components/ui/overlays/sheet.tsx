'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../cn';
import { IconButton } from '../controls/icon-button';
import { focusFirstField, overlayStyles } from './dialog';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  side?: 'left' | 'right';
  children: ReactNode;
  footer?: ReactNode;
  className?: string;
  /** Keeps the title for screen readers only, and leaves the whole sheet to its children. */
  bare?: boolean;
};

/** A panel that slides in from a side and holds the focus. */
export function Sheet({
  open,
  onOpenChange,
  title,
  side = 'right',
  children,
  footer,
  className,
  bare,
}: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyles} />
        <Radix.Content
          onOpenAutoFocus={focusFirstField}
          aria-describedby={undefined}
          className={cn(
            'fixed inset-y-0 z-50 flex w-[min(460px,92vw)] animate-sheet flex-col bg-raised shadow-pop outline-none',
            side === 'right' ? 'right-0 border-l' : 'left-0 border-r',
            className,
          )}
        >
          {bare ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <header className="flex h-12 shrink-0 items-center gap-3 border-b px-4">
              <Radix.Title className="min-w-0 flex-1 truncate font-semibold">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label="Close" size="sm">
                  <X />
                </IconButton>
              </Radix.Close>
            </header>
          )}
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          {footer ? (
            <footer className="flex justify-end gap-2 border-t px-4 py-3">{footer}</footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
