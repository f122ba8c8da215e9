import { useEffect, useState } from 'react';
import { z } from 'zod';
import { followLines } from '@/components/data/follow-lines';
import { followSharedChat, visitorHeader } from '@/lib/chat/visitors/contract';

const pieceSchema = z.object({ at: z.number(), text: z.string() });

/**
 * The text of an answer while it is written; `answer` names it, undefined while none is. Whatever goes wrong on the way, the
 * whole answer comes with the conversation, which is asked for again.
 */
export function useFollowedAnswer(
  token: string,
  visitor: string | undefined,
  answer: string | undefined,
  onEnd: () => void,
): string {
  const [followed, setFollowed] = useState({ of: '', text: '' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new function is no new answer
  useEffect(() => {
    if (answer === undefined || visitor === undefined) return;
    const stop = new AbortController();
    const take = (line: unknown) =>
      setFollowed((now) => {
        const { at, text } = pieceSchema.parse(line);
        const before = now.of === answer ? now.text : '';
        // A piece that came too late, or before the one that it goes on from.
        if (at > before.length) return now;
        return { of: answer, text: before.slice(0, at) + text };
      });
    const headers = { [visitorHeader]: visitor };
    void followLines(
      followSharedChat,
      { params: { token } },
      { headers, signal: stop.signal },
      take,
    )
      .catch(() => undefined)
      .then(() => {
        if (!stop.signal.aborted) onEnd();
      });
    return () => stop.abort();
  }, [token, visitor, answer]);
  return followed.of === answer ? followed.text : '';
}
