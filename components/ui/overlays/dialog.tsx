'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../cn';
import { IconButton } from '../controls/icon-button';
import { useFocusReturn } from '../use-focus-return';

/** Focuses the first field of what opened, or the whole of it: never the close button with its tooltip. */
export function focusFirstField(event: Event): void {
  event.preventDefault();
  const content = event.currentTarget as HTMLElement;
  const field = content.querySelector<HTMLElement>(
    'input:not([tabindex="-1"]), textarea, [role="combobox"], [data-autofocus]',
  );
  (field ?? content).focus();
}

export const overlayStyles = 'fixed inset-0 z-40 animate-in bg-overlay';

type Props = {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** What opens it, when it opens itself. */
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons at the foot, the main one last. */
  footer?: ReactNode;
  children?: ReactNode;
  /** Width: sm 400, md 520, lg 720, xl 960 pixels. */
  size?: 'sm' | 'md' | 'lg' | 'xl';
};

const widths = {
  sm: 'max-w-[400px]',
  md: 'max-w-[520px]',
  lg: 'max-w-[720px]',
  xl: 'max-w-[960px]',
};

/** A modal dialog with a title, a scrolling body and a foot. */
export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  footer,
  children,
  size = 'md',
}: Props) {
  const back = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <Radix.Trigger asChild>{trigger}</Radix.Trigger> : null}
      <Radix.Portal>
        <Radix.Overlay className={overlayStyles} />
        <div className="pointer-events-none fixed inset-0 z-50 flex items-start justify-center p-4 pt-[12vh]">
          <Radix.Content
            onOpenAutoFocus={(event) => {
              back.opened();
              focusFirstField(event);
            }}
            onCloseAutoFocus={back.closed}
            className={cn(
              'pointer-events-auto flex max-h-[78vh] w-full animate-in flex-col rounded-xl border border-border-strong bg-raised shadow-pop outline-none',
              widths[size],
            )}
            {...(description ? {} : { 'aria-describedby': undefined })}
          >
            <header className="flex items-start gap-3 px-4 pt-3.5 pb-2.5">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
                {description ? (
                  <Radix.Description className="mt-0.5 text-sm text-muted">
                    {description}
                  </Radix.Description>
                ) : null}
              </div>
              <Radix.Close asChild>
                <IconButton label="Close" size="sm">
                  <X />
                </IconButton>
              </Radix.Close>
            </header>
            <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
            {footer ? (
              <footer className="flex items-center justify-end gap-2 border-t px-4 py-3">
                {footer}
              </footer>
            ) : null}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the dialog that it stands in. */
export const DialogClose = Radix.Close;
