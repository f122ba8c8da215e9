import { useEffect } from 'react';
import { authorOf } from '@/components/realtime/author';
import type { Session } from '@/components/session/session';
import { forgetLost } from '@/components/session/state/others-state';
import { changedPathsOf } from '@/lib/workflows/changes/changed-paths';
import type { FoundClash } from '@/lib/workflows/merge/clashes';
import { settleClash } from '@/lib/workflows/merge/settle';
import type { Place } from '@/lib/workflows/merge/strategies';
import type { NameOf } from './names';

/** A loss that nobody has to decide is in the way after this time. */
const shownMs = 120_000;

const nameOfPlace = ({ part, id, path }: Place) => [part, id, ...path].join('/');
/** The same place as `changedPathsOf` names it. */
const touchedAs = ({ part, id, path }: Place) => ({
  element: part === 'meta' ? 'meta' : `${part}/${id}`,
  field: path.join('.'),
});

const settled = new WeakSet<FoundClash>();

/** Merges what this copy lost as its fields declare, and keeps the list of what the person is told. */
export function useLostValues(session: Session, nameOf: NameOf): void {
  useEffect(() => {
    const { copy, together } = session;
    const { doc, draft, clashes } = copy;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    let settling = false;
    const settle = (clash: FoundClash) => {
      settled.add(clash);
      settling = true;
      const lost = settleClash(draft, clash);
      settling = false;
      const id = nameOfPlace(clash.place);
      if (!lost) return;
      const by = nameOf(authorOf({ origin: clash.origin }), clash.client);
      together.set((now) => ({
        ...now,
        lost: [...now.lost.filter((each) => each.id !== id), { ...lost, id, by }],
      }));
      if (!lost.asks) timers.add(setTimeout(() => forgetLost(session, id), shownMs));
    };
    const follow = () => {
      const fresh = clashes.get().filter((clash) => !settled.has(clash));
      // Not inside of the transaction that brought it.
      if (fresh.length > 0) queueMicrotask(() => fresh.forEach(settle));
    };
    const onEdit = (transaction: Parameters<typeof changedPathsOf>[0]) => {
      if (!transaction.local || settling || together.get().lost.length === 0) return;
      const touched = changedPathsOf(transaction);
      for (const { id, place } of together.get().lost) {
        const { element, field } = touchedAs(place);
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
