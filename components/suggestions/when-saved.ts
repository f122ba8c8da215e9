import type { Observable } from '@/components/observable/observable';
import type { DraftStatus } from '@/components/realtime/draft-status';

/** Resolves when the server has every edit made so far. Throws while the connection is away. */
export function whenSaved(status: Observable<DraftStatus>): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const { phase } = status.get();
      if (phase === 'saving') return;
      stop();
      if (phase === 'saved') resolve();
      else reject(new Error('You’re offline. Try again when you reconnect.'));
    };
    const stop = status.subscribe(check);
    check();
  });
}
