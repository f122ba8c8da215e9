import { createCell, useCell } from '@/components/session/state/cell';

/** What the triggers' panel shows: the list, a form for a new one, or one of them. */
export type PanelView =
  | { view: 'list' }
  | { view: 'new-schedule' | 'new-chat' }
  | { view: 'one'; id: string /** Just made or changed: shown this once. */; secret?: string };

const shown = createCell<PanelView | undefined>(undefined);

/** Opens the panel, or closes it with undefined. */
export const showTriggers = (view: PanelView | undefined) => shown.set(view);
export const useShownTriggers = () => useCell(shown, (now) => now);
