'use client';

import { useEffect, useRef, useState } from 'react';
import { statusLabel } from '@/components/icons/status-dot';
import { useObservable } from '@/components/observable/use-observable';
import { useSession } from '@/components/session/session';

/** Interval of announcements; what comes within it is announced together. */
const betweenMs = 3_000;

/** Picks what is announced now: each thing once, in order. */
function useSpoken(): string {
  const { announcement } = useSession();
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      timer = waiting.length > 0 ? setTimeout(speak, betweenMs) : undefined;
      if (waiting.length > 0) setSpoken([...new Set(waiting.splice(0))].join('. '));
    };
    const stop = announcement.subscribe(() => {
      const text = announcement.get().replace(/\.$/, '');
      if (text !== '') waiting.push(text);
      if (timer === undefined) speak();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [announcement]);
  return spoken;
}

/** Says to screen readers what others and runs do: who came and left, what they changed, how a run went. */
export function Announcer() {
  const session = useSession();
  const message = useSpoken();
  const known = useRef<ReadonlyMap<string, string> | undefined>(undefined);

  useEffect(() => {
    const follow = () => {
      const now = new Map(session.people.get().map(({ user }) => [user.id, user.name]));
      const before = known.current;
      known.current = now;
      if (!before) return;
      const came = [...now].flatMap(([id, name]) => (before.has(id) ? [] : `${name} joined`));
      const left = [...before].flatMap(([id, name]) => (now.has(id) ? [] : `${name} left`));
      const message = [...came, ...left];
      if (message.length > 0) session.announcement.set(message.join('. '));
    };
    follow();
    return session.people.subscribe(follow);
  }, [session]);

  const status = useObservable(session.run, (run) => run?.state?.status);
  useEffect(() => {
    if (status) session.announcement.set(`Run: ${statusLabel(status)}`);
  }, [status, session]);

  return (
    <div aria-live="polite" role="status" className="sr-only">
      {message}
    </div>
  );
}
