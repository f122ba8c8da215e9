'use client';

import { Bell } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { IconButton } from '@/components/ui/controls/icon-button';
import { NotificationList } from './notification-list';
import { useUnread } from './queries';

/** What happened that concerns one: a dot tells of something unread, the panel lists it. */
export function NotificationsButton({ side = 'right' }: { side?: 'right' | 'bottom' }) {
  const [open, setOpen] = useState(false);
  const unread = useUnread();
  const count = unread > 99 ? '99+' : String(unread);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Anchor asChild>
        <span className="relative inline-flex">
          <IconButton
            label={unread > 0 ? `Notifications, ${count} unread` : 'Notifications'}
            side={side}
            aria-haspopup="dialog"
            aria-expanded={open}
            data-state={open ? 'open' : 'closed'}
            data-notifications
            onClick={() => setOpen(!open)}
          >
            <Bell />
          </IconButton>
          {unread > 0 ? (
            <span
              aria-hidden
              className="pointer-events-none absolute -top-0.5 -right-0.5 flex h-3.5 min-w-3.5 items-center justify-center rounded-full bg-accent-solid px-[3px] text-[9px] leading-none font-semibold text-white ring-2 ring-bg tabular"
            >
              {count}
            </span>
          ) : null}
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          aria-label="Notifications"
          side={side}
          align="start"
          sideOffset={8}
          collisionPadding={8}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onInteractOutside={(event) => {
            // The button itself opens and closes it.
            if (event.target instanceof Element && event.target.closest('[data-notifications]')) {
              event.preventDefault();
            }
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document
              .querySelector<HTMLElement>('[data-notifications]')
              ?.focus({ preventScroll: true });
          }}
          className="z-50 flex max-h-[min(32rem,var(--radix-popover-content-available-height))] w-[min(360px,calc(100vw-16px))] animate-in flex-col overflow-hidden rounded-lg border border-border-strong bg-raised text-sm shadow-pop outline-none"
        >
          <NotificationList unread={unread} onLeave={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
