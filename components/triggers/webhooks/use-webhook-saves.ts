'use client';

import { useRef } from 'react';
import { useUpdateTrigger } from '@/components/data/trigger-queries';
import { toastError } from '@/components/ui/controls/toast';
import type { Trigger } from '@/lib/triggers/contract';
import type { WebhookConfig } from '@/lib/triggers/schema';

type Hook = Extract<Trigger, { kind: 'webhook' }>;
type Change = { name: string } | { setting: Partial<WebhookConfig> };

/**
 * Saves changes of a webhook one after another, each over what the one before it left: a text that is left for a switch
 * saves twice at once. What somebody else changed meanwhile is not overwritten.
 */
export function useWebhookSaves(trigger: Hook) {
  const update = useUpdateTrigger();
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  /** The settings as the last save left them; as they are shown while none is under way. */
  const latest = useRef(trigger.config);
  if (waiting.current === 0) latest.current = trigger.config;
  const send = async (change: Change) => {
    const was = { config: latest.current };
    const body = 'name' in change ? change : { config: { ...was.config, ...change.setting }, was };
    const saved = await update.mutateAsync({ id: trigger.id, ...body });
    if (saved.kind === 'webhook') latest.current = saved.config;
  };
  return (change: Change) => {
    waiting.current += 1;
    line.current = line.current
      .then(() => send(change))
      .catch((error: unknown) => toastError('The webhook was not changed', error))
      .finally(() => {
        waiting.current -= 1;
      });
  };
}

/** The settings that differ. */
export function changedSettings(before: WebhookConfig, after: WebhookConfig) {
  const entries = Object.entries(after).filter(
    ([name, value]) => Reflect.get(before, name) !== value,
  );
  return Object.fromEntries(entries) as Partial<WebhookConfig>;
}
