import type { Trigger } from '@/lib/triggers/contract';

/** What a form shows of a trigger when it is opened, for its save: where somebody else changed it since, that is refused. */
export const readOf = (trigger: Trigger | undefined) =>
  trigger ? { was: { name: trigger.name, config: trigger.config } } : {};
