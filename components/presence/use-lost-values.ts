import { useEffect } from 'react';
import { authorOf } from '@/components/realtime/author';
import type { Session } from '@/components/session/session';
import { forgetLost } from '@/components/session/state/others-state';
import { changedPathsOf } from '@/lib/workflows/changes/changed-paths';
import type { FoundClash } from '@/lib/workflows/merge/conflicts';
import { settleClash } from '@/lib/workflows/merge/resolve-conflict';
import type { Place } from '@/lib/workflows/merge/strategies';
import type { NameOf } from './names';

/** A loss that nobody has to decide is in the way after this time. */
const shownMs = 120_000;

const lostId = ({ part, id, path }: Place) => [part, id, ...path].join('/');
/** The same field, named as `changedPathsOf` does. */
const elementAndField = ({ part, id, path }: Place) => ({
  element: part === 'meta' ? 'meta' : `${part}/${id}`,
  field: path.join('.'),
});

const merged = new WeakSet<FoundClash>();

/** Merges lost values by the strategy of their field, and lists those that the person should see. */
export function useLostValues(session: Session, nameOf: NameOf): void {
  useEffect(() => {
    const { copy, together } = session;
    const { doc, draft, clashes } = copy;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    let merging = false;
    const mergeClash = (clash: FoundClash) => {
      merged.add(clash);
      merging = true;
      const lost = settleClash(draft, clash);
      merging = false;
      const id = lostId(clash.place);
      if (!lost) return;
      const by = nameOf(authorOf({ origin: clash.origin }), clash.client);
      together.set((now) => ({
        ...now,
        lost: [...now.lost.filter((each) => each.id !== id), { ...lost, id, by }],
      }));
      if (!lost.asks) timers.add(setTimeout(() => forgetLost(session, id), shownMs));
    };
    const follow = () => {
      const fresh = clashes.get().filter((clash) => !merged.has(clash));
      // Not inside of the transaction that brought it.
      if (fresh.length > 0) queueMicrotask(() => fresh.forEach(mergeClash));
    };
    const onEdit = (transaction: Parameters<typeof changedPathsOf>[0]) => {
      if (!transaction.local || merging || together.get().lost.length === 0) return;
      const touched = changedPathsOf(transaction);
      for (const { id, place } of together.get().lost) {
        const { element, field } = elementAndField(place);
        if (touched[element]?.includes(field)) forgetLost(session, id);
      }
    };
    const stop = clashes.subscribe(follow);
    doc.on('afterTransaction', onEdit);
    follow();
    return () => {
      stop();
      doc.off('afterTransaction', onEdit);
      for (const timer of timers) clearTimeout(timer);
    };
  }, [session, nameOf]);
}
