import { useEffect, useState } from 'react';
import { createObservable } from '@/components/observable/observable';
import { useObservable } from '@/components/observable/use-observable';
import type { FormConfig } from '@/lib/triggers/forms/schema';
import type { MailConfig } from '@/lib/triggers/mail/schema';
import type { ChatConfig, ScheduleConfig } from '@/lib/triggers/schema';
import { triggerKinds } from './trigger-kinds';

type Fields = {
  schedule: { name: string; config: ScheduleConfig };
  webhook: { name: string };
  chat: { name: string; config: ChatConfig };
  form: { config: FormConfig };
  mail: { name: string; config: MailConfig };
};
type Kind = keyof Fields;

/** New triggers that were begun in this editor and not turned on, with what their forms hold. */
const begun = createObservable<{ [Each in Kind]?: Fields[Each] }>({});

/**
 * What a trigger's form holds. That of a new trigger outlives the panel: people close it to look at the canvas, or to
 * add the inputs that the form asks for.
 */
export function useTriggerForm<Each extends Kind>(
  kind: Each,
  isNew: boolean,
  initial: () => Fields[Each],
) {
  const state = useState<Fields[Each]>(() => (isNew ? begun.get()[kind] : undefined) ?? initial());
  const [fields] = state;
  useEffect(() => {
    if (isNew) begun.set({ ...begun.get(), [kind]: fields });
  }, [kind, isNew, fields]);
  return state;
}

/** Triggers that were begun and not turned on. */
export function useUnfinished(): (typeof triggerKinds)[number][] {
  const kinds = useObservable(begun, (now) => Object.keys(now).sort().join());
  return triggerKinds.filter(({ kind }) => kinds.split(',').includes(kind));
}

/** It was turned on, or is not wanted. */
export function forgetUnfinished(kind: Kind): void {
  const { [kind]: _, ...others } = begun.get();
  begun.set(others);
}

/** The editor was left. */
export const forgetAllUnfinished = () => begun.set({});
