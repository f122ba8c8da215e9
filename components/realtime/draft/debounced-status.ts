import { createObservable, type Observable } from '@/components/observable/observable';
import type { DraftStatus } from '../draft-status';

/** Typing switches between saving and saved many times a second: "saved" is shown this long after the last edit. */
const restMs = 250;

const parts = ['readOnly', 'role', 'copy', 'error'] as const;

/**
 * A status for the screen. Shows "saving" and all else at once; "saved", and how many edits wait, only when
 * nothing followed for a moment. So it never says "saved" of an edit that is not.
 */
export function debouncedStatus(status: Observable<DraftStatus>): Observable<DraftStatus> {
  const shown = createObservable(status.get());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    timer = undefined;
    shown.set(status.get());
  };
  status.subscribe(() => {
    clearTimeout(timer);
    timer = undefined;
    const [now, before] = [status.get(), shown.get()];
    const mayWait =
      before.phase === 'saving' &&
      (now.phase === 'saving' || now.phase === 'saved') &&
      parts.every((part) => now[part] === before[part]);
    if (mayWait) timer = setTimeout(show, restMs);
    else show();
  });
  return shown;
}
