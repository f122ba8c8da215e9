import { Check, CircleX, Hourglass, type LucideIcon, UserCheck, Wallet } from 'lucide-react';
import { Avatar } from '@/components/icons/avatar';
import { cn } from '@/components/ui/cn';
import type { Notification, NotificationKind } from '@/lib/notifications/contract';
import { whoOf } from './notification-words';

const icons: Partial<Record<NotificationKind, LucideIcon>> = {
  asked: UserCheck,
  waiting: Hourglass,
  failed: CircleX,
  budget: Wallet,
};

/** The picture of whoever caused it; of what no person did, an icon in its place. */
export function NotificationMark({ item }: { item: Notification }) {
  const { kind, actor } = item;
  const icon = icons[kind];
  if (icon === undefined) return <Avatar name={whoOf(item)} id={actor?.id} size={24} />;
  const over = item.open === false && item.count === undefined;
  const Icon = over ? Check : icon;
  return (
    <span
      aria-hidden
      className={cn(
        'flex size-6 shrink-0 items-center justify-center rounded-full',
        over
          ? 'bg-active text-faint'
          : kind === 'failed'
            ? 'bg-danger-soft text-danger'
            : 'bg-warning-soft text-warning',
      )}
    >
      <Icon className="size-3.5" />
    </span>
  );
}
