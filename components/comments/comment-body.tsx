import { useMemo } from 'react';
import { cn } from '@/components/ui/cn';
import { Markdown } from '@/components/ui/display/markdown';
import type { Comment } from '@/lib/comments/contract';
import { toMarkdown, toPlain } from '@/lib/comments/mentions';

const namesOf = (comment: Comment) => new Map(comment.mentions.map(({ id, name }) => [id, name]));

/** What somebody wrote, with mentions in the accent's colour. */
export function CommentBody({ comment }: { comment: Comment }) {
  const text = useMemo(() => toMarkdown(comment.body, namesOf(comment)), [comment]);
  if (comment.deleted) return <p className="text-sm text-faint italic">Deleted</p>;
  return (
    <Markdown
      text={text}
      className={cn(
        '!text-sm [&_h1]:!text-sm [&_h2]:!text-sm [&_h3]:!text-sm',
        // Bold italic is a mention: see toMarkdown.
        '[&_em>*]:font-medium [&_em>*]:text-accent [&_em:has(>*)]:not-italic',
      )}
    />
  );
}

/** The beginning of a comment in one line. */
export function excerptOf(comment: Comment): string {
  return comment.deleted ? 'Deleted' : toPlain(comment.body, namesOf(comment));
}
