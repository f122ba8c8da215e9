'use client';

import { useEffect, useRef } from 'react';
import { largestNumber } from '@/lib/api/bounds';
import type { ServerMessages } from '@/lib/realtime/messages';
import { sharedWire } from './socket';

export type WorkspaceHint = ServerMessages['workspace.changed'];

const retryMs = 1_000;
/** A connection that died in silence is noticed this much later at most. */
const unnoticedMs = 60_000;

/**
 * Calls back when something of the workspace changed (the session's own unless an id is given). No hint is missed: each
 * join asks what changed since the page was loaded, or since the connection was lost.
 */
export function useWorkspace(onChange: (hint: WorkspaceHint) => void, workspaceId?: string): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    const wire = sharedWire();
    let over = false;
    let retry: ReturnType<typeof setTimeout> | undefined;
    /** Since when hints may have been missed, on the clock of the page: its loading began at 0. */
    let missedFrom: number | undefined = 0;
    const join = async () => {
      clearTimeout(retry);
      const now = performance.now();
      const ageMs = Math.min(largestNumber, Math.ceil(now - (missedFrom ?? now)));
      const answer = await wire.request('workspace.join', {
        ...(workspaceId ? { workspaceId } : {}),
        ageMs,
      });
      if (over || !wire.connected()) return;
      if (!answer.ok) {
        // Whoever is no member hears nothing; an answer that did not come in time is asked for again.
        if (answer.error.code === 'not_found' || answer.error.code === 'forbidden') return;
        retry = setTimeout(() => void join(), retryMs);
        return;
      }
      missedFrom = undefined;
      for (const kind of answer.changed) {
        latest.current({ workspaceId: answer.workspaceId, kind, id: '' });
      }
    };
    const stops = [
      wire.on('workspace.changed', (hint) => latest.current(hint)),
      wire.onStatus((connected) => {
        if (connected) return void join();
        clearTimeout(retry);
        missedFrom ??= Math.max(0, performance.now() - unnoticedMs);
      }),
    ];
    if (wire.connected()) void join();
    return () => {
      over = true;
      clearTimeout(retry);
      for (const stop of stops) stop();
    };
  }, [workspaceId]);
}
