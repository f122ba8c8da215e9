'use client';

import { RotateCw, Square } from 'lucide-react';
import Link from 'next/link';
import { createContext, type ReactNode, useContext } from 'react';
import { RunWaits } from '@/components/run-page/run-waits';
import { AnswerNotes } from '@/components/runs/answer-notes';
import { costOfCalls } from '@/components/runs/calls';
import { FailureBox } from '@/components/runs/failure-box';
import { ContextButton } from '@/components/spending/context-button';
import { MadeUpNote } from '@/components/spending/made-up';
import { ToolsInUse, ToolsUsed } from '@/components/tools/tools-used';
import { Button } from '@/components/ui/controls/button';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Tooltip } from '@/components/ui/controls/tooltip';
import { Markdown } from '@/components/ui/display/markdown';
import { formatCost } from '@/components/ui/format';
import { Spinner } from '@/components/ui/spinner';
import { answerStepId } from '@/lib/chat/answer';
import type { Message } from '@/lib/chat/message';
import type { Call } from '@/lib/runs/schema';
import { FeedbackButtons } from './answer-feedback';
import { PanelCard } from './panel-card';
import { RunProgress } from './run-progress';
import { useAnswer } from './use-answer';

/** What stands below an answer where its chat is beside something: by the run of the answer. */
const BesideAnswer = createContext<((runId: string) => ReactNode) | undefined>(undefined);
export const BesideAnswerProvider = BesideAnswer.Provider;

type Props = {
  message: Message;
  /** The chat that it stands in, for feedback. */
  threadId?: string | undefined;
  /** A workflow answers: its run's steps are shown while it does. */
  workflow: boolean;
  /** Asks the same again; absent where one may not write. */
  onRetry?: (() => void) | undefined;
  /** Asks the same once more, after an answer that ended well. */
  onRegenerate?: (() => void) | undefined;
  /** Stops this answer alone; absent where it is the only one. */
  onStop?: (() => void) | undefined;
};

/** An answer: streamed while it is written, then the stored text with how it came about. */
export function Answer(props: Props) {
  const { message, workflow, threadId, onRetry, onRegenerate, onStop } = props;
  const { status, text, writing, error, calls, costUsd, progress, waits } = useAnswer(message);
  const runId = message.run?.id;
  const beside = useContext(BesideAnswer);
  const asksAgent = !workflow && message.panel === undefined;
  const asked = waits.filter((step) => step.wait?.kind === 'person');
  return (
    <div aria-busy={writing} className="min-w-0 space-y-2">
      {text ? <Markdown text={text} streaming={writing} /> : null}
      {workflow && runId && progress ? <RunProgress runId={runId} progress={progress} /> : null}
      {runId && asksAgent && writing ? <ToolsInUse runId={runId} stepId={answerStepId} /> : null}
      {runId ? <RunWaits runId={runId} waits={waits} /> : null}
      {message.panel && !asked.length ? <PanelCard panel={message.panel} /> : null}
      {writing && !text && !(workflow && progress) && asked.length === 0 ? (
        <p className="flex h-5.5 items-center gap-2 text-muted">
          <Spinner /> {busyWords(message, status)}
        </p>
      ) : null}
      {status === 'failed' ? (
        <FailureBox
          title={text ? 'The answer was interrupted' : 'No answer'}
          failure={
            error ?? {
              code: 'failed',
              message: 'The answer failed without an error message.',
              retryable: true,
            }
          }
        >
          {onRetry ? (
            <Button size="sm" className="mt-2" onClick={onRetry}>
              <RotateCw aria-hidden /> Try again
            </Button>
          ) : null}
        </FailureBox>
      ) : null}
      {workflow && status === 'succeeded' && !text ? (
        <p className="text-xs text-faint">The run has no output.</p>
      ) : null}
      {status === 'succeeded' && text ? <AnswerNotes of={[{ calls }]} /> : null}
      {runId && asksAgent && !writing && calls.length > 1 ? (
        <ToolsUsed runId={runId} stepId={answerStepId} />
      ) : null}
      {(message.run?.notes ?? []).map((note) => (
        <p key={note} className="text-xs text-muted">
          {note}
        </p>
      ))}
      {runId ? beside?.(runId) : null}
      {status === 'cancelled' ? <p className="text-xs text-faint">Stopped.</p> : null}
      {writing ? (
        // The room of what follows, so that nothing moves when the answer is complete.
        <div className="h-6">
          {onStop ? (
            <Button size="sm" variant="ghost" onClick={onStop}>
              <Square aria-hidden className="!size-2.5 fill-current" /> Stop this answer
            </Button>
          ) : null}
        </div>
      ) : (
        <Origin
          {...{ text, calls, costUsd, runId }}
          workflow={workflow || message.panel !== undefined}
        >
          {onRegenerate && status === 'succeeded' ? (
            <IconButton size="sm" label="Regenerate" onClick={onRegenerate}>
              <RotateCw className="!size-3.5" />
            </IconButton>
          ) : null}
          {message.feedback && threadId && text ? (
            <FeedbackButtons threadId={threadId} messageId={message.id} given={message.feedback} />
          ) : null}
        </Origin>
      )}
    </div>
  );
}

function busyWords({ panel }: Message, status: string): string {
  if (panel !== undefined) return 'The agents are answering…';
  return status === 'waiting' ? 'Waiting to retry…' : 'Thinking…';
}

/** Which model answered and why, what it cost, and the run behind it. */
function Origin({
  text,
  calls,
  costUsd,
  workflow,
  runId,
  children,
}: {
  text: string;
  calls: Call[];
  costUsd: number;
  workflow: boolean;
  runId: string | undefined;
  children: ReactNode;
}) {
  // A workflow's models are its steps': the run's page tells of each.
  const call = workflow ? undefined : calls.at(-1);
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-faint">
      {calls.some((each) => each.rehearsed) ? <MadeUpNote /> : null}
      {call ? (
        <Tooltip label={call.reason}>
          <button type="button" className="rounded-sm tabular">
            {call.model} · {call.unpriced ? costOfCalls([call]) : formatCost(costUsd)}
          </button>
        </Tooltip>
      ) : null}
      {workflow && costUsd > 0 ? <span className="tabular">{formatCost(costUsd)}</span> : null}
      {runId && call ? <ContextButton runId={runId} /> : null}
      {runId ? (
        <Link
          href={`/runs/${runId}`}
          prefetch={false}
          className="rounded-sm underline-offset-2 hover:text-fg hover:underline"
        >
          Open run
        </Link>
      ) : null}
      {text ? <CopyButton text={text} label="Copy answer" /> : null}
      {children}
    </div>
  );
}
