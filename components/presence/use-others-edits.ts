import { useEffect } from 'react';
import type * as Y from 'yjs';
import { authorOf } from '@/components/realtime/author';
import type { Session } from '@/components/session/session';
import { changedPathsOf } from '@/lib/workflows/changes/changed-paths';
import { createDigest } from '@/lib/workflows/changes/digest';
import type { NameOf } from './names';

/** Somebody who edits without being here stays in sight this long. */
const visitMs = 12_000;
const betweenAnnouncementsMs = 3_000;

/** Follows the edits of the others: who they are, also when they are not here, and a digest for screen readers. */
export function useOthersEdits(session: Session, nameOf: NameOf): void {
  useEffect(() => {
    const { copy, graph, people, together, announcement } = session;
    const leaving = new Map<string, ReturnType<typeof setTimeout>>();
    const digest = createDigest();
    let speaking: ReturnType<typeof setTimeout> | undefined;
    const leave = (id: string) => {
      leaving.delete(id);
      together.set((now) => ({ ...now, visitors: now.visitors.filter((each) => each.id !== id) }));
    };
    const visit = (id: string, name: string) => {
      if (id === copy.userId || people.get().some(({ user }) => user.id === id)) return;
      clearTimeout(leaving.get(id));
      leaving.set(
        id,
        setTimeout(() => leave(id), visitMs),
      );
      if (together.get().visitors.some((each) => each.id === id)) return;
      together.set((now) => ({ ...now, visitors: [...now.visitors, { id, name }] }));
    };
    const speak = () => {
      speaking = undefined;
      const text = digest.take((id) => graph.get().nodes.get(id)?.name);
      if (text !== '') announcement.set(text);
    };
    const onTransaction = (transaction: Y.Transaction) => {
      const author = transaction.local ? undefined : authorOf(transaction);
      if (author === undefined || author === copy.userId) return;
      const name = nameOf(author);
      visit(author, name);
      digest.add(name, changedPathsOf(transaction));
      speaking ??= setTimeout(speak, betweenAnnouncementsMs);
    };
    copy.doc.on('afterTransaction', onTransaction);
    return () => {
      copy.doc.off('afterTransaction', onTransaction);
      clearTimeout(speaking);
      for (const timer of leaving.values()) clearTimeout(timer);
    };
  }, [session, nameOf]);
}
