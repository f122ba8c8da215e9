'use client';

import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import { FailureBox } from '@/components/runs/failure-box';
import { RehearsedMark } from '@/components/runs/run-marks';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatCost } from '@/components/ui/format';
import { Markdown } from '@/components/ui/markdown';
import { Spinner } from '@/components/ui/spinner';
import { Tooltip } from '@/components/ui/tooltip';
import type { Message } from '@/lib/chat/contract';
import type { Call } from '@/lib/runs/schema';
import { useAnswer } from './use-answer';

type Props = {
  message: Message;
  /** Asks the same again; absent where one may not write. */
  onRetry?: () => void;
};

/** An agent's answer: streamed while it is written, then the stored text with how it came about. */
export function Answer({ message, onRetry }: Props) {
  const { status, text, writing, error, calls } = useAnswer(message);
  return (
    <div aria-busy={writing} className="min-w-0 space-y-2">
      {text ? <Markdown text={text} streaming={writing} /> : null}
      {writing && !text ? (
        <p className="flex h-5.5 items-center gap-2 text-muted">
          <Spinner /> {status === 'waiting' ? 'Waits to try again…' : 'Thinking…'}
        </p>
      ) : null}
      {status === 'failed' ? (
        <FailureBox
          title="No answer"
          failure={
            error ?? {
              code: 'failed',
              message: 'The turn failed without saying why.',
              retryable: true,
            }
          }
        >
          {onRetry ? (
            <Button size="sm" className="mt-2" onClick={onRetry}>
              <RotateCw aria-hidden /> Ask again
            </Button>
          ) : null}
        </FailureBox>
      ) : null}
      {status === 'cancelled' ? <p className="text-xs text-faint">Stopped.</p> : null}
      {writing ? (
        // The room of what follows, so that nothing moves when the answer is complete.
        <div className="h-6" />
      ) : (
        <Origin text={text} calls={calls} runId={message.run?.id} />
      )}
    </div>
  );
}

/** Which model answered and why, what it cost, and the run behind it. */
function Origin({
  text,
  calls,
  runId,
}: {
  text: string;
  calls: Call[];
  runId: string | undefined;
}) {
  const call = calls.at(-1);
  const cost = calls.reduce((sum, each) => sum + each.usage.costUsd, 0);
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-faint">
      {calls.some((each) => each.rehearsed) ? <RehearsedMark /> : null}
      {call ? (
        <Tooltip label={call.reason}>
          <button type="button" className="rounded-sm tabular">
            {call.model} · {formatCost(cost)}
          </button>
        </Tooltip>
      ) : null}
      {runId ? (
        <Link
          href={`/runs/${runId}`}
          prefetch={false}
          className="rounded-sm underline-offset-2 hover:text-fg hover:underline"
        >
          See the run
        </Link>
      ) : null}
      {text ? <CopyButton text={text} label="Copy answer" /> : null}
    </div>
  );
}
