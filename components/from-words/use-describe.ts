'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError, type CallResult, call } from '@/components/data/call';
import { keys } from '@/components/data/queries';
import { workflowFromDescription } from '@/lib/from-words/contract';

export type FromWords = CallResult<typeof workflowFromDescription>;
type Options = { create: boolean; folder?: string | undefined };

/** What was typed is kept through a reload, until a workflow was made of it. */
const textKey = 'ensemble.describe';

/** Asks for a workflow out of what somebody types. Who tries again after a failure goes on with the same request. */
export function useDescribe({ create, folder }: Options, onMade: (made: FromWords) => void) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const attempt = useRef<{ of: string; key: string }>(undefined);
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => {
    setText((now) => (now === '' ? (sessionStorage.getItem(textKey) ?? '') : now));
    return () => stopping.current?.abort();
  }, []);
  const write = (next: string) => {
    setText(next);
    setError(undefined);
    sessionStorage.setItem(textKey, next);
  };
  const send = async () => {
    const description = text.trim();
    if (description === '' || pending) return;
    const of = JSON.stringify([description, create, folder]);
    if (attempt.current?.of !== of) attempt.current = { of, key: crypto.randomUUID() };
    const aborting = new AbortController();
    stopping.current = aborting;
    setPending(true);
    setError(undefined);
    try {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const made = await call(
        workflowFromDescription,
        { body: { description, create, timeZone, ...(folder === undefined ? {} : { folder }) } },
        { idempotencyKey: attempt.current.key, signal: aborting.signal },
      );
      sessionStorage.removeItem(textKey);
      if (create) void client.invalidateQueries({ queryKey: [...keys.workflows] });
      onMade(made);
    } catch (thrown) {
      if (aborting.signal.aborted) return;
      setError(ApiError.isInstance(thrown) ? thrown.message : 'It was not made. Try again.');
    } finally {
      if (stopping.current === aborting) setPending(false);
    }
  };
  const stop = () => {
    stopping.current?.abort();
    attempt.current = undefined;
    setPending(false);
  };
  return { text, write, send, stop, pending, error };
}
