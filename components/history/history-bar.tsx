'use client';

import { GitCompareArrows, RotateCcw, X } from 'lucide-react';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Select } from '@/components/ui/controls/select';
import { clockTime, dayTitle, refOf, type StateEntry, type StateRef, stateTitle } from './states';

type Props = {
  shown: StateRef;
  base: StateRef;
  states: readonly StateEntry[];
  now: number;
  onShown: (ref: StateRef) => void;
  onBase: (ref: StateRef) => void;
  /** Absent: there is nothing to restore, or this person may not. */
  onRestore?: (() => void) | undefined;
  onClose: () => void;
};

/** Which state is shown, beside which other, and what can be done with it. */
export function HistoryBar(props: Props) {
  const { shown, base, states, now, onShown, onBase, onRestore, onClose } = props;
  const options = states.map((entry) => ({
    value: refOf(entry) as string,
    label: stateTitle(entry),
    hint: `${dayTitle(entry.at, now)} ${clockTime(entry.at)}`,
  }));
  const current = { value: 'now', label: 'Now' };
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b bg-surface px-3 py-1.5">
      <span className="text-sm font-medium max-md:hidden">History</span>
      <Select
        size="sm"
        aria-label="Shown state"
        value={shown}
        onValueChange={(ref) => onShown(ref as StateRef)}
        options={[current, ...options]}
        className="max-w-52 min-w-28"
      />
      <GitCompareArrows aria-hidden className="size-3.5 shrink-0 text-faint" />
      <span className="text-xs text-muted max-md:sr-only">compared with</span>
      <Select
        size="sm"
        aria-label="Compared with"
        value={base}
        onValueChange={(ref) => onBase(ref as StateRef)}
        options={[{ value: 'none', label: 'Nothing' }, current, ...options]}
        className="max-w-52 min-w-28"
      />
      <div className="flex-1" />
      {onRestore ? (
        <Button size="sm" variant="primary" onClick={onRestore}>
          <RotateCcw aria-hidden /> Restore
        </Button>
      ) : null}
      <IconButton label="Close the history" keys={['Esc']} onClick={onClose}>
        <X />
      </IconButton>
    </div>
  );
}
