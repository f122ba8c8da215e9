'use client';

import { useEffect, useRef, useState } from 'react';
import { ApiError, type CallResult, call } from '@/components/data/call';
import { workflowFromDescription } from '@/lib/from-words/contract';

export type FromWords = CallResult<typeof workflowFromDescription>;

/** What was typed is kept through a reload, until somebody took what was made of it. */
const textKey = 'ensemble.describe';

/**
 * Asks for the variants of a workflow out of what somebody types. Who tries again after a failure, or comes back from the
 * choice with the same text, goes on with the same request.
 */
export function useDescribe(onMade: (made: FromWords) => void) {
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
    if (attempt.current?.of !== description)
      attempt.current = { of: description, key: crypto.randomUUID() };
    const aborting = new AbortController();
    stopping.current = aborting;
    setPending(true);
    setError(undefined);
    try {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      const made = await call(
        workflowFromDescription,
        { body: { description, create: false, variants: true, timeZone } },
        { idempotencyKey: attempt.current.key, signal: aborting.signal },
      );
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
  const forget = () => sessionStorage.removeItem(textKey);
  return { text, write, send, stop, forget, pending, error };
}
