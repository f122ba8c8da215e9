'use client';

import { AlertDialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '../controls/button';
import { overlayStyles } from './dialog';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, and what will be kept. */
  description: ReactNode;
  /** Name of the action, e.g. "Delete workflow". */
  confirmLabel: string;
  cancelLabel?: string;
  danger?: boolean;
  /** Stays open and busy until the promise settles; closes when it fulfils. */
  onConfirm: () => unknown;
  pending?: boolean;
};

/** Asks before something that cannot be undone. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  cancelLabel = 'Cancel',
  danger = true,
  onConfirm,
  pending,
}: Props) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyles} />
        <div className="pointer-events-none fixed inset-0 z-50 flex items-start justify-center p-4 pt-[20vh]">
          <Radix.Content className="pointer-events-auto w-full max-w-[420px] animate-in rounded-xl border border-border-strong bg-raised p-4 shadow-pop outline-none">
            <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
            <Radix.Description asChild>
              <div className="mt-1 text-sm text-muted">{description}</div>
            </Radix.Description>
            <div className="mt-4 flex justify-end gap-2">
              <Radix.Cancel asChild>
                <Button disabled={pending}>{cancelLabel}</Button>
              </Radix.Cancel>
              <Button
                variant={danger ? 'danger' : 'primary'}
                loading={pending}
                onClick={() => {
                  void Promise.resolve(onConfirm()).then(
                    () => onOpenChange(false),
                    () => undefined,
                  );
                }}
              >
                {confirmLabel}
              </Button>
            </div>
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
