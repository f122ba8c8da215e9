import { CalendarClock, ClipboardList, Inbox, MessagesSquare, Webhook } from 'lucide-react';
import type { Trigger } from '@/lib/triggers/contract';

/** Kinds of triggers, in the order in which they are shown. */
export const triggerKinds = [
  { kind: 'schedule', icon: CalendarClock, one: 'schedule' },
  { kind: 'webhook', icon: Webhook, one: 'webhook' },
  { kind: 'chat', icon: MessagesSquare, one: 'chat' },
  { kind: 'form', icon: ClipboardList, one: 'form' },
  { kind: 'mail', icon: Inbox, one: 'mailbox' },
] as const;

const icons = {
  schedule: CalendarClock,
  webhook: Webhook,
  chat: MessagesSquare,
  form: ClipboardList,
  mail: Inbox,
} as const;

export const triggerIcon = (kind: Trigger['kind']) => icons[kind];
