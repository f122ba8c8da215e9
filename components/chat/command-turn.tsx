'use client';

import Link from 'next/link';
import type { ComponentProps } from 'react';
import { Avatar } from '@/components/icons/avatar';
import { Markdown } from '@/components/ui/display/markdown';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { later } from '@/components/ui/later';
import { Spinner } from '@/components/ui/spinner';
import type { CommandLine, Message } from '@/lib/chat/message';
import type { RunCard as Card } from './run-card';

const RunCard = later<ComponentProps<typeof Card>>(
  () => import('./run-card').then((found) => found.RunCard),
  () => null,
);

const linkStyle =
  'rounded-sm text-sm text-accent underline-offset-4 hover:underline focus-visible:underline';

/** Runs of older commands are over, or followed on their page. */
const followedMs = 86_400_000;
const isRecent = (at: string) => Date.now() - Date.parse(at) < followedMs;

/** The run that a command started. */
function runOf(command: CommandLine | undefined): string | undefined {
  const found = command?.links.flatMap(({ href }) => /^\/runs\/([\w-]+)$/.exec(href)?.[1] ?? []);
  return command?.state === 'done' ? found?.[0] : undefined;
}

/** A command that somebody did in the chat, and what became of it: all see it. */
export function CommandTurn({ message }: { message: Message }) {
  const { authorName, authorId, createdAt, text, command } = message;
  const runId = isRecent(createdAt) ? runOf(command) : undefined;
  // Its card leads to it, too.
  const links = command?.links.filter(({ href }) => href !== `/runs/${runId}`) ?? [];
  return (
    <article aria-label={`${authorName} did ${text}`} className="flex gap-3">
      <Avatar name={authorName} id={authorId} size={24} />
      <div className="min-w-0 flex-1">
        <header className="mb-0.5 flex h-6 items-center gap-2">
          <span className="font-medium">{authorName}</span>
          <TimeAgo at={createdAt} className="text-xs text-faint tabular" />
        </header>
        <p className="font-mono text-sm break-words whitespace-pre-wrap text-muted">{text}</p>
        {command === undefined ? null : (
          <div className="mt-1.5 border-l-2 border-border-strong pl-3">
            {command.state === 'running' ? (
              <p className="flex items-center gap-2 text-muted">
                <Spinner /> Working…
              </p>
            ) : command.state === 'failed' ? (
              <p className="text-danger">Not done: {command.result}</p>
            ) : (
              <Markdown text={command.result} />
            )}
            {runId === undefined ? null : <RunCard runId={runId} />}
            <p className="flex flex-wrap gap-3 empty:hidden">
              {links.map(({ label, href }) =>
                href.startsWith('/api/') ? (
                  <a key={href} href={href} download className={linkStyle}>
                    {label}
                  </a>
                ) : (
                  <Link key={href} href={href} className={linkStyle}>
                    {label}
                  </Link>
                ),
              )}
            </p>
          </div>
        )}
      </div>
    </article>
  );
}
