'use client';

import { useEffect, useEffectEvent } from 'react';
import type { Session } from '@/components/session/session';

/** Calls with the one step that is selected, now and whenever another is. */
export function useFollow(session: Session, follow: (nodeId: string) => void): void {
  const tell = useEffectEvent(follow);
  useEffect(() => {
    let last: string | undefined;
    const check = () => {
      const { nodes } = session.local.get();
      const [only] = nodes;
      const now = nodes.size === 1 ? only : undefined;
      if (now !== undefined && now !== last) tell(now);
      last = now;
    };
    check();
    return session.local.subscribe(check);
  }, [session]);
}
