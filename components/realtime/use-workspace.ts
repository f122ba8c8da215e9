'use client';

import { useEffect, useRef } from 'react';
import { type ServerMessages, workspaceKinds } from '@/lib/realtime/messages';
import { sharedWire } from './socket';

export type WorkspaceHint = ServerMessages['workspace.changed'];

/**
 * Calls back when something of the workspace changed (the session's own unless an id is given), and with every kind
 * after the connection came back, because hints may have been missed.
 */
export function useWorkspace(onChange: (hint: WorkspaceHint) => void, workspaceId?: string): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    const wire = sharedWire();
    let joinedBefore = false;
    let over = false;
    const join = async () => {
      const answer = await wire.request('workspace.join', workspaceId ? { workspaceId } : {});
      if (over || !answer.ok) return;
      if (joinedBefore) {
        for (const kind of workspaceKinds) {
          latest.current({ workspaceId: answer.workspaceId, kind, id: '' });
        }
      }
      joinedBefore = true;
    };
    const stops = [
      wire.on('workspace.changed', (hint) => latest.current(hint)),
      wire.onStatus((connected) => {
        if (connected) void join();
      }),
    ];
    if (wire.connected()) void join();
    return () => {
      over = true;
      for (const stop of stops) stop();
    };
  }, [workspaceId]);
}
