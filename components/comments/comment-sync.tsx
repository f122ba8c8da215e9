'use client';

import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { useObservable } from '@/components/observable/use-observable';
import { useSession } from '@/components/session/session';
import { toastError } from '@/components/ui/controls/toast';
import { getComments } from '@/lib/comments/contract';
import { latestOf, newsOf } from '@/lib/comments/news';
import { placeName } from '@/lib/comments/place-name';
import { useAllThreads } from './queries';
import { usePeople } from './use-people';
import { useShowThread } from './use-show-thread';

/** Syncs the comments on the canvas with the server, and opens the one that a link names. */
export function CommentSync() {
  const session = useSession();
  const { comments, workflowId } = session;
  const lastSeen = useRef<string>(undefined);
  const status = useObservable(comments, (now) => now.status);
  const { data } = useAllThreads(workflowId, status);
  useEffect(() => {
    if (!data) return;
    comments.set((now) => ({ ...now, ...data }));
    const graph = session.graph.get();
    const before = lastSeen.current;
    const latest = latestOf(data.threads);
    lastSeen.current = before !== undefined && before > latest ? before : latest;
    if (before === undefined) return;
    const news = newsOf(data.threads, before, ({ anchor }) => placeName(anchor, graph));
    if (news !== '') session.announcement.set(news);
  }, [comments, data, session]);
  // Known before the first `@`.
  usePeople();
  useLinkedThread();
  return null;
}

function useLinkedThread() {
  const session = useSession();
  const show = useShowThread();
  const client = useQueryClient();
  const router = useRouter();
  const path = usePathname();
  const id = useSearchParams().get('comment');
  useEffect(() => {
    if (id === null) return;
    let over = false;
    const open = async () => {
      try {
        const thread = await client.fetchQuery({
          queryKey: [...keys.comments, 'thread', id],
          queryFn: () => call(getComments, { params: { id } }),
        });
        if (over || thread.workflowId !== session.workflowId) return;
        if (thread.resolvedAt) session.comments.set((now) => ({ ...now, status: 'all' }));
        if (thread.anchor.kind === 'text' && session.graph.get().nodes.has(thread.anchor.nodeId)) {
          session.actions.select([thread.anchor.nodeId]);
          session.actions.openTab('settings');
        }
        show(thread);
      } catch (error) {
        if (!over) toastError('The comment cannot be opened', error);
      } finally {
        // The same link opens it again.
        if (!over) router.replace(path, { scroll: false });
      }
    };
    void open();
    return () => {
      over = true;
    };
  }, [id, client, session, show, router, path]);
}
