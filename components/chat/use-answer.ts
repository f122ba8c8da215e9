'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { keys } from '@/components/data/queries';
import { useRun } from '@/components/realtime/use-run';
import { isOver } from '@/components/runs/run-marks';
import { answerSoFar, answerText, progressOf } from '@/lib/chat/answer';
import type { Message } from '@/lib/chat/message';
import type { RunStatus } from '@/lib/runs/schema';
import { waitsIn } from '@/lib/runs/view/waits';

/** Whether an answer of a thread is still being written. */
export function useAnswering(messages: readonly Message[]): boolean {
  const open = messages.flatMap(({ run }) => (run && !isOver(run.status) ? [run] : []));
  const [first, ...others] = open;
  const { state } = useRun(first?.id);
  return first !== undefined && (others.length > 0 || !isOver(state?.status ?? first.status));
}

/** Of an answer that was cut off, what was seen of it may be more than what is stored by now. */
const shownText = (status: RunStatus, stored: string, seen: string): string =>
  isOver(status) && status !== 'succeeded' && seen.length > stored.length ? seen : stored || seen;

/**
 * An answer as it stands: the text that is being written while its run goes on, the stored text afterwards. What was
 * shown stays until the stored text is here, so nothing blinks at the end.
 */
export function useAnswer(message: Message) {
  const client = useQueryClient();
  const stored = message.run;
  const { state, streams } = useRun(stored && !isOver(stored.status) ? stored.id : undefined);
  const status = state?.status ?? stored?.status ?? 'succeeded';
  const streamed = state ? answerText(state.output) || answerSoFar(state.plan, streams) : '';
  const [kept, setKept] = useState('');
  if (streamed !== '' && streamed !== kept) setKept(streamed);
  const settled = state !== undefined && isOver(state.status);
  useEffect(() => {
    if (settled) void client.invalidateQueries({ queryKey: [...keys.threads] });
  }, [settled, client]);
  const calls = stored?.calls.length
    ? stored.calls
    : Object.values(state?.steps ?? {}).flatMap((step) => step.calls ?? []);
  return {
    status,
    text: shownText(status, message.text, streamed || kept),
    writing: !isOver(status),
    error: stored?.error ?? state?.error,
    calls,
    costUsd: stored?.costUsd || (state?.usage.costUsd ?? 0),
    progress: state && !isOver(status) ? progressOf(state) : undefined,
    /** Steps that wait, for people or for something else. */
    waits: state ? waitsIn(state) : [],
  };
}
