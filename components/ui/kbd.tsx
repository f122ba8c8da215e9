'use client';

import { useSyncExternalStore } from 'react';
import { cn } from './cn';

const never = () => () => undefined;
const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** `Mod` is Cmd on a Mac and Ctrl elsewhere. */
function useKeyNames(): Record<string, string> {
  const mac = useSyncExternalStore(never, isMac, () => false);
  return mac
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↵', Backspace: '⌫' }
    : { Mod: 'Ctrl', Enter: '↵' };
}

/** One or more keys pressed together, e.g. `['Mod', 'K']`. */
export function Keys({ keys, className }: { keys: string[]; className?: string }) {
  const names = useKeyNames();
  return (
    <span className={cn('inline-flex gap-0.5', className)}>
      {keys.map((key) => (
        <Kbd key={key}>{names[key] ?? key}</Kbd>
      ))}
    </span>
  );
}

/** A key cap. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-border-strong bg-bg px-1 font-sans text-2xs text-muted">
      {children}
    </kbd>
  );
}
