import type { Trigger } from '@/lib/triggers/contract';
import { cronWords } from '@/lib/triggers/words';

/** "Every weekday at 09:00", or the expression itself where it has no short words. */
export function scheduleWords(cron: string): string {
  const words = cronWords(cron);
  return words
    ? words.charAt(0).toUpperCase() + words.slice(1)
    : `On the schedule “${cron.trim()}”`;
}

/** What a trigger is called in lists. */
export function triggerName(trigger: Trigger): string {
  if (trigger.name !== '') return trigger.name;
  if (trigger.kind === 'schedule') return scheduleWords(trigger.config.cron);
  return { webhook: 'Webhook', chat: 'Chat', form: 'Form', mail: 'Email received' }[trigger.kind];
}

/** "Mon 23 Nov, 09:00" on the clocks of a time zone; the year too where it is another one. */
export function timeIn(timeZone: string, at: string | number): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(date);
}

/** "in 2 days", "in 4 h", "in 12 min"; both times in milliseconds. */
export function timeUntil(at: number, now: number): string {
  const minutes = Math.max(0, Math.round((at - now) / 60_000));
  if (minutes < 1) return 'now';
  if (minutes < 60) return `in ${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 36) return `in ${hours} h`;
  return `in ${Math.round(hours / 24)} days`;
}
