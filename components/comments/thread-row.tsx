import { Check } from 'lucide-react';
import { Avatar } from '@/components/icons/avatar';
import { cn } from '@/components/ui/cn';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { plural } from '@/components/ui/format';
import type { CommentThread } from '@/lib/comments/contract';
import { excerptOf } from './comment-body';

type Props = { thread: CommentThread; place: string; active: boolean; onOpen: () => void };

/** A thread in a list: who, where, how it begins. */
export function ThreadRow({ thread, place, active, onOpen }: Props) {
  const { opening, replies, people, unread } = thread;
  const name = opening.author?.name ?? 'Former member';
  return (
    <button
      type="button"
      onClick={onOpen}
      aria-current={active || undefined}
      className={cn(
        'flex w-full gap-2.5 border-b px-4 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2',
        active && 'bg-hover',
      )}
    >
      <span className="relative mt-px shrink-0">
        <Avatar name={name} id={opening.author?.id} size={20} />
        {unread ? (
          <span className="absolute -top-0.5 -right-0.5 size-2 rounded-full bg-accent-solid ring-2 ring-surface">
            <span className="sr-only">Unread. </span>
          </span>
        ) : null}
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-1.5">
          <span className={cn('truncate', unread ? 'font-semibold' : 'font-medium')}>{name}</span>
          <TimeAgo at={thread.updatedAt} className="shrink-0 text-xs text-faint" />
          {thread.resolvedAt ? (
            <span className="ml-auto flex shrink-0 items-center gap-1 self-center text-xs text-success">
              <Check className="size-3.5" aria-hidden /> Resolved
            </span>
          ) : null}
        </span>
        <span className="line-clamp-2 text-sm break-words text-fg">{excerptOf(opening)}</span>
        <span className="mt-0.5 flex items-center gap-1.5 text-xs text-faint">
          <span className="min-w-0 truncate">{place}</span>
          {replies > 0 ? (
            <>
              <span aria-hidden>·</span>
              <span className="flex shrink-0 -space-x-1">
                {people.slice(0, 3).map((person) => (
                  <Avatar key={person.id} name={person.name} id={person.id} size={16} />
                ))}
              </span>
              <span className="shrink-0 tabular">{plural(replies, 'reply', 'replies')}</span>
            </>
          ) : null}
        </span>
      </span>
    </button>
  );
}
