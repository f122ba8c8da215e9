'use client';

import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Avatar } from '@/components/icons/avatar';
import { useActor, useCan } from '@/components/shell/actor-context';
import { toastError } from '@/components/ui/controls/toast';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { DropdownMenu, DropdownMenuItem } from '@/components/ui/overlays/dropdown-menu';
import type { Comment } from '@/lib/comments/contract';
import { CommentBody } from './comment-body';
import { Composer } from './composer';
import { useDeleteComment, useEditComment } from './queries';

type Props = { threadId: string; comment: Comment; last: boolean; onGone: () => void };

/** One comment of a thread. One's own can be changed and deleted; admins delete anybody's. */
export function CommentItem({ threadId, comment, last, onGone }: Props) {
  const [editing, setEditing] = useState(false);
  const edit = useEditComment(threadId);
  const name = comment.author?.name ?? 'Former member';
  return (
    <li className="group/comment relative flex gap-2 py-1.5">
      <Avatar name={name} id={comment.author?.id} size={20} className="mt-px" />
      <div className="min-w-0 flex-1">
        <div className="flex h-5 items-baseline gap-1.5 pr-6">
          <span className="truncate font-medium">{name}</span>
          <TimeAgo at={comment.createdAt} className="shrink-0 text-xs text-faint" />
          {comment.editedAt && !comment.deleted ? (
            <span className="shrink-0 text-xs text-faint">edited</span>
          ) : null}
        </div>
        {editing ? (
          <div className="pt-1">
            <Composer
              draftKey={`edit:${comment.id}`}
              label="Edit the comment"
              placeholder="Write…"
              body={comment.body}
              focus
              onSend={async (body) => {
                await edit.mutateAsync({ id: comment.id, body });
                setEditing(false);
              }}
              onCancel={() => setEditing(false)}
            />
          </div>
        ) : (
          <CommentBody comment={comment} />
        )}
      </div>
      {comment.deleted || editing ? null : (
        <Menu {...{ threadId, comment, last, onGone }} onEdit={() => setEditing(true)} />
      )}
    </li>
  );
}

function Menu({ threadId, comment, last, onGone, onEdit }: Props & { onEdit: () => void }) {
  const actor = useActor();
  const own = comment.author?.id === actor.userId;
  const mayWrite = useCan('workflows.comment');
  const mayManage = useCan('workspace.manage');
  const [asking, setAsking] = useState(false);
  const remove = useDeleteComment(threadId);
  if (!mayWrite || !(own || mayManage)) return null;
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <button
            type="button"
            aria-label="More"
            className="absolute top-1 right-0 flex size-6 items-center justify-center rounded-md text-muted opacity-0 transition-opacity duration-100 group-focus-within/comment:opacity-100 group-hover/comment:opacity-100 hover:bg-hover hover:text-fg data-[state=open]:opacity-100 max-sm:opacity-100"
          >
            <Ellipsis className="size-4" aria-hidden />
          </button>
        }
      >
        {own ? (
          <DropdownMenuItem onSelect={onEdit}>
            <Pencil aria-hidden /> Edit
          </DropdownMenuItem>
        ) : null}
        <DropdownMenuItem danger onSelect={() => setAsking(true)}>
          <Trash2 aria-hidden /> Delete
        </DropdownMenuItem>
      </DropdownMenu>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={last ? 'Delete this thread?' : 'Delete this comment?'}
        description={
          last
            ? 'It is the last comment, so the thread is deleted, too.'
            : 'The text is deleted for everyone; the thread is kept.'
        }
        confirmLabel="Delete"
        pending={remove.isPending}
        onConfirm={async () => {
          try {
            const { threadDeleted } = await remove.mutateAsync(comment.id);
            setAsking(false);
            if (threadDeleted) onGone();
          } catch (error) {
            toastError('The comment was not deleted', error);
          }
        }}
      />
    </>
  );
}
