import { z } from 'zod';
import { rhythmProblem } from '@/lib/triggers/next-times';
import { cronWords } from '@/lib/triggers/words';

/** What would start a drafted workflow, in the form in which it can be added to it as it is. */
export const draftedTriggerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('schedule'),
    config: z.strictObject({ cron: z.string(), timeZone: z.string() }),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    config: z.strictObject({ answer: z.literal('now') }),
  }),
  z.strictObject({ kind: z.literal('chat'), config: z.strictObject({}) }),
  z.strictObject({ kind: z.literal('form'), config: z.strictObject({}) }),
  /** Without a connection where the workspace has none to a mailbox: it is chosen when the trigger is added. */
  z.strictObject({ kind: z.literal('mail'), config: z.strictObject({ connection: z.string() }) }),
]);
export type DraftedTrigger = z.infer<typeof draftedTriggerSchema>;

/** A schedule, where its cron expression is one that comes. */
export function scheduleAt(cron: string, timeZone: string): DraftedTrigger | undefined {
  const config = { cron: cron.trim(), timeZone };
  return rhythmProblem(config) === undefined ? { kind: 'schedule', config } : undefined;
}

/** What starts it, for people, such as "every Monday at 09:00". */
export function triggerWords(trigger: DraftedTrigger | null): string {
  switch (trigger?.kind) {
    case 'schedule':
      return cronWords(trigger.config.cron) ?? `at ${trigger.config.cron}`;
    case 'webhook':
      return 'when its webhook is called';
    case 'chat':
      return 'when somebody writes in its chat';
    case 'form':
      return 'when somebody sends its form';
    case 'mail':
      return 'with each email that comes in';
    case undefined:
      return 'when somebody runs it';
  }
}
