'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from '@/components/data/queries';
import { useRun } from '@/components/realtime/use-run';
import { isOver } from '@/components/runs/run-marks';
import { answerText } from '@/lib/chat/answer';
import type { Message } from '@/lib/chat/contract';

/** Whether this last message of a thread is an answer that is still being written. */
export function useAnswering(last: Message | undefined): boolean {
  const open = last?.run && !isOver(last.run.status) ? last.run : undefined;
  const { state } = useRun(open?.id);
  return open !== undefined && !isOver(state?.status ?? open.status);
}

/**
 * An agent's message as it stands: the text that is being written while its run goes on, the stored text afterwards.
 * What was shown stays until the stored text is here, so nothing blinks at the end.
 */
export function useAnswer(message: Message) {
  const client = useQueryClient();
  const stored = message.run;
  const live = useRun(stored && !isOver(stored.status) ? stored.id : undefined);
  const status = live.state?.status ?? stored?.status ?? 'succeeded';
  const output = answerText(live.state?.output);
  const streamed = output ?? Object.values(live.streams).join('');
  const [kept, setKept] = useState('');
  if (streamed !== '' && streamed !== kept) setKept(streamed);
  const settled = live.state !== undefined && isOver(live.state.status);
  useEffect(() => {
    if (settled) void client.invalidateQueries({ queryKey: [...keys.threads] });
  }, [settled, client]);
  const calls = stored?.calls.length
    ? stored.calls
    : Object.values(live.state?.steps ?? {}).flatMap((step) => step.calls ?? []);
  return {
    status,
    text: message.text || streamed || kept,
    writing: !isOver(status),
    error: stored?.error ?? live.state?.error,
    calls,
  };
}
