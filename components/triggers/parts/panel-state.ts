import { createObservable } from '@/components/observable/observable';
import { useObservable } from '@/components/observable/use-observable';

/** What the triggers' panel shows: the list, a form for a new one, or one of them. */
export type PanelView =
  | { view: 'list' }
  | { view: 'new-schedule' | 'new-webhook' | 'new-chat' | 'new-form' | 'new-mail' }
  | { view: 'one'; id: string /** Just made or changed: shown this once. */; secret?: string };

const shown = createObservable<PanelView | undefined>(undefined);

/** Opens the panel, or closes it with undefined. */
export const showTriggers = (view: PanelView | undefined) => shown.set(view);
export const useShownTriggers = () => useObservable(shown, (now) => now);
