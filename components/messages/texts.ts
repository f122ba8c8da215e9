import type { BadgeTone } from '@/components/ui/display/badge';
import type { Address, DeliveryView, MailboxKind, Priority } from '@/lib/messages/schema';

type State = DeliveryView['state'];

export const kindTitles: Record<MailboxKind, string> = {
  agent: 'Agents',
  pool: 'Pools',
  person: 'Yours',
};

export const stateTitles: Record<State, string> = {
  waiting: 'Waiting',
  behind: 'Queued behind another',
  held: 'In progress',
  done: 'Done',
  dead: 'Failed',
  expired: 'Expired',
  cancelled: 'Cancelled',
};

export const stateTones: Record<State, BadgeTone> = {
  waiting: 'info',
  behind: 'neutral',
  held: 'accent',
  done: 'success',
  dead: 'danger',
  expired: 'warning',
  cancelled: 'neutral',
};

export const priorityTones: Record<Priority, BadgeTone | undefined> = {
  critical: 'danger',
  urgent: 'warning',
  high: 'info',
  normal: undefined,
  low: undefined,
};

/** To whom a message was sent, where its mailboxes alone do not say it. */
export function addressText(to: Address): string {
  if ('topic' in to) return `to the topic ${to.topic}`;
  if ('all' in to) return 'to all agents and people';
  return 'pool' in to ? `to the pool ${to.pool}` : '';
}
