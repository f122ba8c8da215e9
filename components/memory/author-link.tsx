import { Bot, User, Workflow } from 'lucide-react';
import Link from 'next/link';
import type { Author } from '@/lib/memory/schema';
import { authorName } from './texts';

/** Who wrote: a person, or a step with the run that it belongs to. */
export function AuthorLink({ author }: { author: Author }) {
  const icon = 'inline size-3 shrink-0 text-faint';
  if (author.kind !== 'run') {
    return (
      <span className="inline-flex min-w-0 items-center gap-1">
        <User aria-hidden className={icon} />
        <span className="truncate">{authorName(author)}</span>
      </span>
    );
  }
  const Icon = author.agent === undefined ? Workflow : Bot;
  return (
    <Link
      href={`/runs/${author.runId}`}
      title="Open the run"
      className="inline-flex min-w-0 items-center gap-1 rounded-sm hover:text-fg hover:underline"
    >
      <Icon aria-hidden className={icon} />
      <span className="truncate">{authorName(author)}</span>
    </Link>
  );
}
