'use client';

import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { type CallInput, call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { keys } from '@/components/data/queries';
import {
  type CommentThread,
  deleteComment,
  editComment,
  getComments,
  listComments,
  type OpenThread,
  readComments,
  replyComment,
  resolveComments,
  startComments,
  type ThreadStatus,
} from '@/lib/comments/contract';
import type { Anchor } from '@/lib/comments/schema';

export type CommentFilter = Omit<NonNullable<CallInput<typeof listComments>['query']>, 'cursor'>;

const threadKey = (id: string) => [...keys.comments, 'thread', id];

/** A page after the other of a workflow's threads. */
export function useCommentList(workflowId: string, filter: CommentFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.comments, 'list', workflowId, filter],
    queryFn: ({ pageParam, signal }) =>
      call(
        listComments,
        { params: { id: workflowId }, query: { ...filter, cursor: pageParam, limit: 30 } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** At most this many resolved threads are pinned to a canvas. */
const maxPinned = 1_000;

/** All threads of a status, for the canvas, with the counts of the workflow. */
export function useAllThreads(workflowId: string, status: ThreadStatus) {
  return useQuery({
    queryKey: [...keys.comments, 'all', workflowId, status],
    queryFn: async ({ signal }) => {
      const threads: CommentThread[] = [];
      let cursor: string | undefined;
      for (;;) {
        const query = { status, limit: 200, cursor };
        const page = await call(listComments, { params: { id: workflowId }, query }, { signal });
        threads.push(...page.items);
        cursor = page.nextCursor;
        if (cursor === undefined || threads.length >= maxPinned) {
          return { threads, counts: page.counts };
        }
      }
    },
    placeholderData: keepPreviousData,
  });
}

/** One thread with its comments. */
export function useOpenThread(id: string) {
  return useQuery({
    queryKey: threadKey(id),
    queryFn: ({ signal }) => call(getComments, { params: { id } }, { signal }),
  });
}

/** Mutations of comments: the answer shows at once, the lists follow. */
function useCommentAction<Input>(action: (input: Input) => Promise<OpenThread>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: action,
    onSuccess: (thread) => {
      client.setQueryData(threadKey(thread.id), thread);
      void client.invalidateQueries({ queryKey: [...keys.comments] });
    },
  });
}

export function useStartThread(workflowId: string) {
  return useCommentAction((input: { anchor: Anchor; body: string }) =>
    call(startComments, { params: { id: workflowId }, body: input }),
  );
}

export function useReply(threadId: string) {
  return useCommentAction((body: string) =>
    call(replyComment, { params: { id: threadId }, body: { body } }),
  );
}

export function useResolve(threadId: string) {
  return useCommentAction((resolved: boolean) =>
    call(resolveComments, { params: { id: threadId }, body: { resolved } }),
  );
}

export function useEditComment(threadId: string) {
  return useCommentAction(({ id, body }: { id: string; body: string }) =>
    call(editComment, { params: { id: threadId, commentId: id }, body: { body } }),
  );
}

export function useDeleteComment(threadId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteComment, { params: { id: threadId, commentId: id } }),
    onSuccess: ({ threadDeleted }) => {
      if (threadDeleted) client.removeQueries({ queryKey: threadKey(threadId) });
      void client.invalidateQueries({ queryKey: [...keys.comments] });
    },
  });
}

export function useMarkRead(threadId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (at: string) => call(readComments, { params: { id: threadId }, body: { at } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [...keys.comments] });
      void client.invalidateQueries({ queryKey: [...keys.notifications] });
    },
  });
}
