'use client';

import { useEffect, useRef } from 'react';
import { statusLabel } from '@/components/ui/status-dot';
import { useCell } from '../cell';
import { useSession } from '../session';

/** Says to screen readers what others and runs do: who came and left, how a run went. */
export function Announcer() {
  const session = useSession();
  const message = useCell(session.announcement, (now) => now);
  const known = useRef<ReadonlyMap<number, string>>(new Map());

  useEffect(() => {
    const follow = () => {
      const now = new Map(session.people.get().map((peer) => [peer.clientId, peer.user.name]));
      for (const [id, name] of now) {
        if (!known.current.has(id)) session.announcement.set(`${name} joined`);
      }
      for (const [id, name] of known.current) {
        if (!now.has(id)) session.announcement.set(`${name} left`);
      }
      known.current = now;
    };
    follow();
    return session.people.subscribe(follow);
  }, [session]);

  const status = useCell(session.run, (run) => run?.state?.status);
  useEffect(() => {
    if (status) session.announcement.set(`Run: ${statusLabel(status)}`);
  }, [status, session]);

  return (
    <div aria-live="polite" role="status" className="sr-only">
      {message}
    </div>
  );
}
