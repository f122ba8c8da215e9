import type { NotificationKind } from './contract';

/** Whether a kind of notification is shown in the bell, and sent by e-mail, to one person. */
export type Choice = { bell: boolean; email: boolean };

/** What somebody hears of by e-mail who has chosen nothing: what waits for them, or went wrong. */
const mailed: ReadonlySet<NotificationKind> = new Set(['mentioned', 'asked', 'failed', 'waiting']);

export const usualChoice = (kind: NotificationKind): Choice => ({
  bell: true,
  email: mailed.has(kind),
});
