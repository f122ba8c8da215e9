'use client';

import { useQuery } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import Link from 'next/link';
import { call } from '@/components/data/call';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { listAgentFeedback } from '@/lib/chat/feedback/contract';

/** What people said of an agent's answers in chats, by its versions; nothing where nobody has said anything. */
export function AgentFeedback({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['agents', id, 'feedback'],
    queryFn: ({ signal }) => call(listAgentFeedback, { params: { id } }, { signal }),
  });
  if (!data || data.versions.length === 0) return null;
  return (
    <section aria-labelledby="agent-feedback" className="max-w-[680px] space-y-2">
      <h2 id="agent-feedback" className="font-semibold">
        Feedback
      </h2>
      <ul aria-label="Feedback by version" className="flex flex-wrap gap-2">
        {data.versions.map(({ version, up, down }) => (
          <li
            key={version}
            className="flex h-7 items-center gap-2 rounded-md border px-2 text-xs tabular"
          >
            <span className="text-muted">Version {version}</span>
            <span className="inline-flex items-center gap-1">
              <ThumbsUp aria-label="Good" className="size-3 text-success" /> {up}
            </span>
            <span className="inline-flex items-center gap-1">
              <ThumbsDown aria-label="Bad" className="size-3 text-danger" /> {down}
            </span>
          </li>
        ))}
      </ul>
      {data.reasons.length > 0 ? (
        <ul aria-label="Reasons" className="divide-y rounded-lg border">
          {data.reasons.map((one) => (
            <li
              key={`${one.messageId} ${one.personName}`}
              className="flex items-start gap-2 px-3 py-2"
            >
              {one.verdict === 'up' ? (
                <ThumbsUp aria-label="Good" className="mt-1 size-3.5 shrink-0 text-success" />
              ) : (
                <ThumbsDown aria-label="Bad" className="mt-1 size-3.5 shrink-0 text-danger" />
              )}
              <div className="min-w-0 flex-1">
                <p className="break-words whitespace-pre-wrap">{one.reason}</p>
                <p className="text-xs text-faint">
                  {one.personName} · Version {one.version} · <TimeAgo at={one.at} /> ·{' '}
                  <Link
                    href={`/chat/${one.threadId}`}
                    className="rounded-sm hover:text-fg hover:underline"
                  >
                    Open chat
                  </Link>
                </p>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
